import FlowModel
package import JSON
import Source

extension ParameterDefinition {
  /// A JSON Schema (2020-12) of the parameter's values, made for a form.
  package var schema: JSONObject {
    var schema = JSONObject()
    if let title { schema["title"] = .string(title) }
    if let description { schema["description"] = .string(description) }
    let bounds = { (object: inout JSONObject) in
      if let minimum = self.minimum { object["minimum"] = .number(minimum.json) }
      if let maximum = self.maximum { object["maximum"] = .number(maximum.json) }
    }
    if let type { schema["type"] = .string(type.rawValue) }
    if type == .array {
      var items = JSONObject([
        JSONMember("type", .string(hasIntegerElements ? "integer" : "number"))
      ])
      bounds(&items)
      schema["items"] = .object(items)
    } else if type == .integer || type == .number {
      bounds(&schema)
    }
    if let allowed { schema["enum"] = .array(allowed.map(\.json)) }
    if let defaultValue { schema["default"] = defaultValue.json }
    // JSON Schema Validation, section 9.4: a form does not show what it was given.
    if isSensitive { schema["writeOnly"] = true }
    return schema
  }
}

extension ParameterDefinition {
  /// The declaration as a client sees it: the keys of the template, with what was left out left out.
  package var json: JSONObject {
    let members: [(String, JSONValue?)] = [
      ("name", .string(name.text)), ("type", type.map { .string($0.rawValue) }),
      ("title", title.map(JSONValue.string)), ("description", description.map(JSONValue.string)),
      ("default", defaultValue?.json), ("min", minimum.map { .number($0.json) }),
      ("max", maximum.map { .number($0.json) }), ("enum", allowed.map { .array($0.map(\.json)) }),
      ("arrayOf", type == .array ? .string(hasIntegerElements ? "integer" : "number") : nil),
      ("fit", type == .array ? fit.map { .string($0.rawValue) } : nil),
      ("required", .bool(isRequired && !hasDefault)),
      ("sensitive", isSensitive ? true : nil),
    ]
    return JSONObject(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
  }
}

extension TemplateDocument {
  /// A JSON Schema (2020-12) of `parameters`, made for a form. Properties stand in declared order.
  package var parametersSchema: JSONObject {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "type": "object",
      "properties": .object(
        JSONObject(definitions.map { JSONMember($0.name.text, .object($0.schema)) })),
      "required": .array(
        definitions.filter { $0.isRequired && !$0.hasDefault }.map { .string($0.name.text) }),
      "additionalProperties": false,
    ]
  }
}
