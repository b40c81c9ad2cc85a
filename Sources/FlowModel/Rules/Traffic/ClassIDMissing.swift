package import Source

/// A class has no `id`.
///
/// Range: the empty value, or the class's first key. Source: docs/reference/template.md, "Classes".
package enum ClassIDMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "class-id-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for item in model.classes {
      if let id = item.value["id"], !id.isBlank { continue }
      let path: DataPath = "classes" + item.index
      findings.add(
        ClassIDMissing.self, at: item.value["id"]?.range ?? item.placeOfMissing,
        "\(path) has no id", path: path + "id")
    }
  }
}
