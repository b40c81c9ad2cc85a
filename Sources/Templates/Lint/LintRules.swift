import FlowModel
package import Source

/// The rules whose findings are warnings: people may choose how much these weigh. Errors weigh what they weigh.
package enum LintRules {
  /// In the order of docs/reference/diagnostics.md.
  package static let codes: [DiagnosticCode] = published.filter { $0.severity == .warning }
    .map { $0.code }

  static let known = Set(codes)

  /// Whether a code is that of an error.
  static func isError(_ code: DiagnosticCode) -> Bool { errors.contains(code) }

  private static let errors = Set(published.lazy.filter { $0.severity == .error }.map { $0.code })

  private static let published: [any Rule.Type] =
    ModelRules.reading + ModelRules.all.map { $0 as any Rule.Type } + TemplateRules.all
}
