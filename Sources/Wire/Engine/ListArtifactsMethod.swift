package import JSON

/// `listArtifacts`: stored runs that have all that is asked for, a page at a time.
package enum ListArtifactsMethod: Method {
  package static let name = "listArtifacts"
  package static let members = [
    "type", "search", "fullText", "tags", "source", "templateId", "template_id", "modelId",
    "model_id", "metadata", "createdAfter", "createdBefore", "minSize", "maxSize", "relatedTo",
    "includeArchived", "sortBy", "sortOrder", "skip", "limit", "workDoneToken",
  ]

  package struct Params: WireParams {
    /// By the names that the paths of HTTP have for them.
    package var filters: [(name: String, value: String)]
    /// A run has one of them at least.
    package var tags: [String]

    package init(params: WireObject) throws(WireError) {
      var filters: [(name: String, value: String)] = []
      for name in [
        "type", "search", "fullText", "source", "templateId", "template_id", "modelId", "model_id",
        "createdAfter", "createdBefore", "relatedTo", "sortBy", "sortOrder",
      ] {
        if let value = try params.optionalString(name) { filters.append((name, value)) }
      }
      for name in ["minSize", "maxSize", "skip", "limit"] {
        if let value = try params.optionalInteger(name) { filters.append((name, String(value))) }
      }
      if let value = try params.optionalBool("includeArchived") {
        filters.append(("includeArchived", String(value)))
      }
      if let fields = try params.optionalObject("metadata") {
        for member in fields.object.members {
          filters.append(("metadata." + member.name, try fields.string(member.name)))
        }
      }
      self.filters = filters
      tags = try params.optionalStrings("tags") ?? []
    }
  }

  package struct Result: WireResult {
    /// One page.
    package var artifacts: [JSONObject]
    /// Of all pages.
    package var total: Int

    package init(artifacts: [JSONObject], total: Int) {
      self.artifacts = artifacts
      self.total = total
    }

    package var json: JSONValue {
      [
        "artifacts": .array(artifacts.map(JSONValue.object)),
        "total": .number(JSONNumber(total)), "count": .number(JSONNumber(artifacts.count)),
      ]
    }
  }
}
