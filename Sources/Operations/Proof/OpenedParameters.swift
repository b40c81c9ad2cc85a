import FlowModel
import JSON
import Source
import Templates

/// The parameters of a record with values in place of what it seals.
struct OpenedParameters: Sendable {
  /// Where a value is missing or wrong, what the record has.
  private(set) var values: JSONObject
  /// Names of sealed values that were not given, in the order of the record.
  private(set) var missing: [String] = []
  /// Names of given values that are not those of the record, sealed or not.
  private(set) var wrong: [String] = []

  /// - Parameters:
  ///   - given: values by name. Those that the record does not seal change nothing and must be the record's.
  ///   - template: its defaults stand in for values that are not given, where they are what is sealed.
  init(_ recorded: JSONObject, given: JSONObject, _ template: TemplateDocument?) {
    values = recorded
    for member in recorded.members {
      guard let sealed = SealedValue(json: member.value) else { continue }
      if let value = given[member.name] {
        if sealed.seals(value) { values[member.name] = value } else { wrong.append(member.name) }
      } else if let value = template?.defaultValue(of: member.name), sealed.seals(value) {
        values[member.name] = value
      } else {
        missing.append(member.name)
      }
    }
    wrong += given.members.filter { member in
      guard let value = recorded[member.name] else { return true }
      return SealedValue(json: value) == nil && !OpenedParameters.isSame(value, member.value)
    }.map(\.name)
  }

  /// Why nothing can be proved; nil where all is there.
  var problem: String? {
    if isWhole { return nil }
    let names = (missing.isEmpty ? wrong : missing).map { quoted($0) }.joined(separator: ", ")
    return missing.isEmpty
      ? "the record does not hold the value that is given for \(names)"
      : "the record seals the value of \(names), which must be given"
  }

  /// `12` and `12.0` are one value.
  private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    guard let left = try? CanonicalJSON.bytes(of: left),
      let right = try? CanonicalJSON.bytes(of: right)
    else { return false }
    return left == right
  }

  var isWhole: Bool { missing.isEmpty && wrong.isEmpty }
}

extension TemplateDocument {
  fileprivate func defaultValue(of parameter: String) -> JSONValue? {
    definitions.first { $0.name == ExactString(parameter) }?.defaultValue?.json
  }
}
