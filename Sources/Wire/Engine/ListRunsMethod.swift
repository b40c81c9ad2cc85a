package import JSON

/// `listRuns`: stored runs a page at a time, newest first, with what their records say of templates.
package enum ListRunsMethod: Method {
  package static let name = "listRuns"
  package static let members = [
    "mode", "templateId", "template_id", "hasWarnings", "page", "pageSize", "workDoneToken",
  ]

  package struct Params: WireParams {
    /// By the names that the paths of HTTP have for them.
    package var filters: [(name: String, value: String)]

    package init(params: WireObject) throws(WireError) {
      var filters: [(name: String, value: String)] = []
      for name in ["mode", "templateId", "template_id"] {
        if let value = try params.optionalString(name) { filters.append((name, value)) }
      }
      if let value = try params.optionalBool("hasWarnings") {
        filters.append(("hasWarnings", String(value)))
      }
      for name in ["page", "pageSize"] {
        if let value = try params.optionalInteger(name) { filters.append((name, String(value))) }
      }
      self.filters = filters
    }
  }

  package struct Item: WireResult {
    package var runID: String
    package var created: String
    package var mode: String
    package var templateID: String
    package var templateTitle: String?
    package var templateVersion: String?
    package var modelID: String?
    package var warningCount: Int

    package init(
      runID: String, created: String, mode: String, templateID: String, templateTitle: String?,
      templateVersion: String?, modelID: String?, warningCount: Int
    ) {
      self.runID = runID
      self.created = created
      self.mode = mode
      self.templateID = templateID
      self.templateTitle = templateTitle
      self.templateVersion = templateVersion
      self.modelID = modelID
      self.warningCount = warningCount
    }

    package var json: JSONValue {
      JSONObject.present([
        ("runId", .string(runID)), ("createdUtc", .string(created)), ("mode", .string(mode)),
        ("templateId", .string(templateID)), ("templateTitle", templateTitle.map(JSONValue.string)),
        ("templateVersion", templateVersion.map(JSONValue.string)),
        ("modelId", modelID.map(JSONValue.string)),
        ("warningCount", .number(JSONNumber(warningCount))),
      ])
    }
  }

  package struct Result: WireResult {
    package var runs: [Item]
    /// Of all pages.
    package var total: Int
    package var page: Int
    package var pageSize: Int

    package init(runs: [Item], total: Int, page: Int, pageSize: Int) {
      self.runs = runs
      self.total = total
      self.page = page
      self.pageSize = pageSize
    }

    package var json: JSONValue {
      [
        "runs": .array(runs.map(\.json)), "total": .number(JSONNumber(total)),
        "page": .number(JSONNumber(page)), "pageSize": .number(JSONNumber(pageSize)),
      ]
    }
  }
}
