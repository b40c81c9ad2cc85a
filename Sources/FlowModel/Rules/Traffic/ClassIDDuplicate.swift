package import Source

/// Two classes have one id.
///
/// Range: the later id. Related: the first, unless an alias brings both from one place.
/// Source: docs/reference/template.md, "Classes".
package enum ClassIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "class-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.checkUnique(
      model.classes, model.classIDs, ClassIDDuplicate.self, in: "classes", &findings)
  }
}
