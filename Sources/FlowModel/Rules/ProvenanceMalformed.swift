import JSON
package import Source

/// An embedded `provenance` block is not a mapping, or one of its fields is missing or of the wrong form.
///
/// Range: the field, or the block. Source: docs/guides/integrator.md, "The record".
package enum ProvenanceMalformed: ModelRule {
  package static let code = DiagnosticCode(rawValue: "provenance-malformed")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.origin == .model, let entry = model.root.entry("provenance"), !entry.value.isUnknown
    else { return }
    guard case .mapping = entry.value.content else {
      findings.add(
        ProvenanceMalformed.self, at: entry.value.isNull ? entry.keyRange : entry.value.range,
        "provenance must be a mapping, not \(entry.value.described)", path: "provenance")
      return
    }
    guard let json = entry.value.json, case .object(let record) = json else { return }
    for problem in Provenance.problems(in: record) {
      let field = problem.field.flatMap { entry.value[ExactString($0)] }
      findings.add(
        ProvenanceMalformed.self, at: field?.range ?? entry.keyRange, problem.message,
        path: problem.field.map { "provenance" + ExactString($0) } ?? "provenance")
    }
  }
}
