/// A JSON value that is made from its text when somebody asks for it, and written without being made at all.
package struct JSONText: Sendable {
  private enum Form: Sendable {
    case value(JSONValue)
    case text([UInt8])
  }

  private let form: Form

  package init(_ value: JSONValue) {
    form = .value(value)
  }

  /// - Parameter text: what a ``JSONOutline`` has looked at, of at most 64 MiB.
  package init(checked text: ArraySlice<UInt8>) {
    form = .text(Array(text))
  }

  /// The value, made anew with each call; what is no JSON is null.
  package var value: JSONValue {
    switch form {
    case .value(let value): value
    case .text(let text): (try? JSONDocument.parse(text))?.root ?? .null
    }
  }

  /// Appends its text: as it was, or in compact style.
  package func append(to bytes: inout [UInt8]) {
    switch form {
    case .value(let value): value.append(to: &bytes)
    case .text(let text): bytes.append(contentsOf: text)
    }
  }
}

extension JSONText: Hashable {
  package static func == (left: JSONText, right: JSONText) -> Bool { left.value == right.value }

  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
