package import Source

/// A class's id is not letters, digits, `_` and `-`.
///
/// Range: the id. Source: docs/reference/template.md, "Classes".
package enum ClassIDFormat: ModelRule {
  package static let code = DiagnosticCode(rawValue: "class-id-format")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for item in model.classes {
      guard let id = item.value["id"], let text = id.string, !id.isBlank, !isValid(text) else {
        continue
      }
      findings.add(
        ClassIDFormat.self, at: id.range,
        "a class's id is letters, digits, '_' and '-', unlike \(quoted(text))",
        path: "classes" + item.index + "id")
    }
  }

  static func isValid(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.allSatisfy { Identifier.isPart($0) || $0 == 0x2D }
  }
}
