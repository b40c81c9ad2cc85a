package import Source

/// Classes are declared, and an arrival does not say of which it is.
///
/// Range: the `classId` key of an empty one, or the name of the node. Related: the classes.
/// Source: docs/reference/template.md, "Traffic".
package enum ArrivalClassRequired: ModelRule {
  package static let code = DiagnosticCode(rawValue: "arrival-class-required")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let classes = model.root.entry("classes"), !model.classes.isEmpty else { return }
    for arrival in Arrival.all(model) {
      let name = arrival.value.entry("classId")
      if let value = name?.value, !value.isBlank { continue }
      findings.add(
        ArrivalClassRequired.self, at: name?.keyRange ?? arrival.placeOfMissing,
        "\(arrival.path) needs a classId, since there are classes", path: arrival.path + "classId",
        related: [Related(classes.keyRange, "the classes")])
    }
  }
}
