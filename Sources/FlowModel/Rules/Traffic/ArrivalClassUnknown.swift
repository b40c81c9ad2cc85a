package import Source

/// An arrival is of a class that is not declared. Where no class is declared, `*` stands for all there is.
///
/// Range: the class. Fix-its: the nearest class, a declaration. Source: docs/reference/template.md, "Traffic".
package enum ArrivalClassUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "arrival-class-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for arrival in Arrival.all(model) {
      guard let name = arrival.value["classId"] else { continue }
      if model.classes.isEmpty, let text = name.string, ExactString(text) == "*" { continue }
      model.checkClass(name, ArrivalClassUnknown.self, path: arrival.path + "classId", &findings)
    }
  }
}
