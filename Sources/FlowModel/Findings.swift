package import Source

/// Diagnostics as they are found: bounded, and each reported once.
package struct Findings: Sendable {
  /// Most findings kept about one text; what comes after them is counted, not kept.
  package static let countMax = 1_000

  package private(set) var diagnostics: [Diagnostic] = []
  /// Findings beyond ``countMax``.
  package private(set) var droppedCount = 0
  package private(set) var hasErrors = false
  /// What the findings are about, where it is known: how it is written decides how a fix writes.
  private let text: SourceText?

  package init(_ diagnostics: [Diagnostic] = [], in text: SourceText? = nil) {
    self.text = text
    for diagnostic in diagnostics { add(diagnostic) }
  }

  package mutating func add(_ diagnostic: Diagnostic) {
    let isFirstError = diagnostic.severity == .error && !hasErrors
    if diagnostics.count < Findings.countMax {
      diagnostics.append(diagnostic)
    } else {
      droppedCount += 1
      // What is dropped must not make a wrong text look right.
      if isFirstError { diagnostics[diagnostics.count - 1] = diagnostic }
    }
    if isFirstError { hasErrors = true }
  }

  /// Lets warnings weigh as much as errors, where no right model can be made.
  package mutating func makeErrors(of codes: Set<DiagnosticCode>) {
    for index in diagnostics.indices where codes.contains(diagnostics[index].code) {
      diagnostics[index].severity = .error
      hasErrors = true
    }
  }

  package mutating func add(contentsOf others: Findings) {
    for diagnostic in others.diagnostics { add(diagnostic) }
    droppedCount += others.droppedCount
  }

  package mutating func add(
    _ code: DiagnosticCode, _ severity: Severity = .error, at range: ByteRange, _ message: String,
    path: DataPath = DataPath(), related: [Related] = [], fixIts: [FixIt] = []
  ) {
    add(
      Diagnostic(
        code, severity, at: range, message, path: path.description, related: related, fixIts: fixIts
      ))
  }

  /// By range, then by code; a finding that an alias repeats stands once, at the first of its paths.
  package var sorted: [Diagnostic] {
    var result: [Diagnostic] = []
    for diagnostic in diagnostics.sorted() {
      if let last = result.last, last.range == diagnostic.range, last.code == diagnostic.code,
        ExactString(last.message) == ExactString(diagnostic.message)
      {
        continue
      }
      result.append(keepingQuotes(in: diagnostic))
    }
    return result
  }

  private func keepingQuotes(in diagnostic: Diagnostic) -> Diagnostic {
    guard let text, !diagnostic.fixIts.isEmpty else { return diagnostic }
    var result = diagnostic
    result.fixIts = diagnostic.fixIts.map { fix in
      FixIt(fix.title, fix.edits.map(text.keepingQuotes(in:)))
    }
    return result
  }

  /// More than people read one by one: what may have been meant, which takes long to find, need not be said any more.
  package var isLong: Bool { diagnostics.count >= 100 }
}
