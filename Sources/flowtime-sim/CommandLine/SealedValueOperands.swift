import CommandLine
import JSON
import Source
import Wire

extension Option {
  static let sealedValues = Option(
    "--params", value: .several("VALUE"),
    help:
      "values that the record seals: any number of NAME=VALUE, or a .json or .yaml file of them"
  )
}

/// The values that stood after `--params`, typed by the template that is taken.
///
/// - Parameters:
///   - template: the one that was named; nil for the one that the record names.
///   - record: the text of a record, or of a model that has one.
func sealedValues(
  _ invocation: Invocation, _ template: TemplateOperand?, record: SourceText, isModel: Bool,
  _ client: Client
) throws(Stop) -> JSONObject? {
  let operands = invocation.all(.sealedValues)
  if operands.isEmpty { return nil }
  if let template { return try readValues(operands, template, client) }
  let object: JSONObject?
  if isModel {
    let result = try? client.call(
      ExtractProvenanceMethod.name, ["model": .string(record.string)]
    ).get()
    object = result?.objectValue?["provenance"]?.objectValue
  } else {
    object = (try? JSONDocument.parse(record.bytes))?.root.objectValue
  }
  // Whatever is wrong with the record or its template is told by who proves it.
  let id = object?["template_id"] ?? object?["templateId"]
  let schema: JSONObject?
  if let id = id?.stringValue,
    case .success(let result) = try client.call(
      ValidateTemplateMethod.name, ["templateId": .string(id)])
  {
    schema = result.objectValue?["parametersSchema"]?.objectValue
  } else {
    schema = nil
  }
  return try ParameterOperand.read(operands, typedBy: schema ?? JSONObject())
}
