package import JSON

/// What a client calls its request, given back as it came: `"1"` stays a string, and a number keeps its digits.
///
/// Whole numbers are equal by value (`1`, `1.0`), since the client may read either for the other; all others by spelling.
package enum RequestID: Sendable {
  case number(JSONNumber)
  case string(String)
  /// Legal, though discouraged; it is still a request that gets an answer.
  case null

  /// - Returns: nil for a boolean, an array or an object.
  package init?(_ json: JSONValue) {
    switch json {
    case .number(let number): self = .number(number)
    case .string(let string): self = .string(string)
    case .null: self = .null
    case .bool, .array, .object: return nil
    }
  }

  package var json: JSONValue {
    switch self {
    case .number(let number): .number(number)
    case .string(let string): .string(string)
    case .null: .null
    }
  }
}

extension RequestID: Hashable {
  package static func == (left: RequestID, right: RequestID) -> Bool {
    if case .number(let left) = left, case .number(let right) = right {
      guard let value = left.integer else { return left == right }
      return value == right.integer
    }
    return left.json == right.json
  }

  package func hash(into hasher: inout Hasher) {
    if case .number(let number) = self, let value = number.integer {
      hasher.combine(value)
    } else {
      hasher.combine(json)
    }
  }
}

/// One request of one connection: what its answer must bear.
///
/// Ids may come again once they are answered; the serial number is never used twice.
package struct RequestKey: Hashable, Sendable {
  package let id: RequestID
  let serial: UInt64
}
