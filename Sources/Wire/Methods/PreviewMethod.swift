package import JSON

/// `preview`: what a model, or the model of a template, gives when it is run; nothing is stored.
package enum PreviewMethod: Method {
  package static let name = "preview"
  package static let members = [
    "templateId", "template", "uri", "model", "parameters", "mode", "lint", "series",
    "workDoneToken",
  ]

  package struct Params: WireParams {
    package enum Subject: Hashable, Sendable {
      case template(WireTemplate)
      case model(String)
    }

    package var subject: Subject
    package var parameters: JSONObject
    package var mode: String?
    package var lint: WireLint
    /// Ids or names of columns; absent: all.
    package var series: [String]?

    package init(params: WireObject) throws(WireError) {
      let template = try WireTemplate(ifPresent: params)
      let model = try params.optionalString("model")
      parameters = try params.optionalObject("parameters")?.object ?? JSONObject()
      mode = try params.optionalString("mode")
      lint = try WireLint(params: params)
      switch (template, model) {
      case (let template?, nil): subject = .template(template)
      case (nil, let model?):
        for name in ["parameters", "mode", "lint"] where params.present(name) != nil {
          throw WireError("params.\(name): is about a template, and a model is given")
        }
        subject = .model(model)
      default:
        throw WireError("params: expected exactly one of templateId, template, uri and model")
      }
      series = try params.optionalArray("series").map { items throws(WireError) in
        var names: [String] = []
        for item in items {
          guard let name = item.stringValue else {
            throw params.refused("series", "an array of strings")
          }
          names.append(name)
        }
        return names
      }
    }
  }

  /// One number for each bin; null stands for one that JSON cannot hold, NaN or an infinity.
  package struct Series: Sendable {
    package var id: String
    package var name: String
    /// Absent for totals.
    package var className: String?
    /// `flow`, `stock`, `ratio`, `time` or `edge`.
    package var kind: String
    package var unit: String
    package var values: [JSONValue]

    package init(
      id: String, name: String, className: String?, kind: String, unit: String, values: [JSONValue]
    ) {
      self.id = id
      self.name = name
      self.className = className
      self.kind = kind
      self.unit = unit
      self.values = values
    }

    var json: JSONValue {
      JSONObject.present([
        ("id", .string(id)), ("name", .string(name)), ("class", className.map { .string($0) }),
        ("kind", .string(kind)), ("unit", .string(unit)), ("values", .array(values)),
      ])
    }
  }

  /// Something about the numbers of a node that is worth a look.
  package struct Warning: Sendable {
    package var nodeID: String
    package var code: String
    package var message: String

    package init(nodeID: String, code: String, message: String) {
      self.nodeID = nodeID
      self.code = code
      self.message = message
    }

    var json: JSONValue {
      .object(["nodeId": .string(nodeID), "code": .string(code), "message": .string(message)])
    }
  }

  package struct Result: WireResult {
    package var model: String
    package var bins: Int
    package var binSize: Int
    package var binUnit: String
    package var series: [Series]
    package var warnings: [Warning]
    package var diagnostics: [WireDiagnostic]

    package init(
      model: String, bins: Int, binSize: Int, binUnit: String, series: [Series],
      warnings: [Warning], diagnostics: [WireDiagnostic]
    ) {
      self.model = model
      self.bins = bins
      self.binSize = binSize
      self.binUnit = binUnit
      self.series = series
      self.warnings = warnings
      self.diagnostics = diagnostics
    }

    package var json: JSONValue {
      .object([
        "model": .string(model),
        "grid": .object([
          "bins": .number(JSONNumber(bins)), "binSize": .number(JSONNumber(binSize)),
          "binUnit": .string(binUnit),
        ]),
        "series": .array(series.map(\.json)),
        "warnings": .array(warnings.map(\.json)),
        "diagnostics": .array(diagnostics.map(\.json)),
      ])
    }
  }
}
