import Source

/// What holds for the findings about any text.
enum DiagnosticInvariants {
  static func demand(_ diagnostics: [Diagnostic], in text: SourceText) {
    Invariant.demand(diagnostics == diagnostics.sorted(), "diagnostics are sorted: \(diagnostics)")
    for diagnostic in diagnostics {
      let ranges =
        [diagnostic.range] + diagnostic.related.map(\.range)
        + diagnostic.fixIts.flatMap { $0.edits.map(\.range) }
      Invariant.demand(
        ranges.allSatisfy { text.range.contains($0) },
        "a diagnostic lies in its text of \(text.count) bytes: \(diagnostic)")
      Invariant.demand(!diagnostic.message.isEmpty, "a diagnostic says something: \(diagnostic)")
      for fix in diagnostic.fixIts {
        Invariant.demand(text.applying(fix.edits) != nil, "a fix can be applied: \(diagnostic)")
      }
    }
  }
}
