package import Source

/// An output leaves out a node that does not exist, so that nothing is left out.
///
/// Range: the name. Fix-it: the nearest node id. Source: docs/reference/model.md, "Keys".
package enum OutputExcludeUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "output-exclude-unknown")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for output in model.outputs {
      for (index, name) in (output.value["exclude"]?.items ?? []).enumerated() {
        model.checkNode(
          name, OutputExcludeUnknown.self, path: "outputs" + output.index + "exclude" + index,
          &findings)
      }
    }
  }
}
