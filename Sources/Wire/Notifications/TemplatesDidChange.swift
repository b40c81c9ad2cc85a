package import JSON

/// `templates/didChange`, from server to client: the templates that are known by id are others.
package enum TemplatesDidChange {
  package static let name = "templates/didChange"

  /// Ids, each in one list.
  package struct Params: WireResult {
    package var added: [String]
    package var removed: [String]
    package var changed: [String]
    /// Those whose file has errors now.
    package var broken: [String]

    package init(added: [String], removed: [String], changed: [String], broken: [String]) {
      self.added = added
      self.removed = removed
      self.changed = changed
      self.broken = broken
    }

    package var json: JSONValue {
      func list(_ ids: [String]) -> JSONValue { .array(ids.map(JSONValue.string)) }
      return [
        "added": list(added), "removed": list(removed), "changed": list(changed),
        "broken": list(broken),
      ]
    }
  }
}
