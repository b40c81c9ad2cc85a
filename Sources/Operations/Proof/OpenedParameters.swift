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
  /// Names of those that were given, and are not what is sealed.
  private(set) var wrong: [String] = []

  /// - Parameters:
  ///   - given: values by name; only those of what is sealed count.
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
  }

  var isWhole: Bool { missing.isEmpty && wrong.isEmpty }
}

extension TemplateDocument {
  fileprivate func defaultValue(of parameter: String) -> JSONValue? {
    definitions.first { $0.name == ExactString(parameter) }?.defaultValue?.json
  }
}
