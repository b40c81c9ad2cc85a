import FlowModel
import Source
import Testing

private func finding(_ number: Int, _ severity: Severity = .warning) -> Diagnostic {
  Diagnostic(DiagnosticCode(rawValue: "a"), severity, at: ByteRange(at: number), "number \(number)")
}

@Test(arguments: [-1, 0, 1, 50])
func `findings are kept up to their bound and counted beyond it`(beyond: Int) {
  let count = Findings.countMax + beyond
  let findings = Findings((0..<count).map { finding($0) })
  #expect(findings.diagnostics.count == min(count, Findings.countMax))
  #expect(findings.droppedCount == max(0, beyond))
}

@Test func `an error beyond the bound still makes a text wrong`() {
  var findings = Findings((0..<Findings.countMax).map { finding($0) })
  #expect(!findings.hasErrors)
  findings.add(finding(7, .error))
  #expect(findings.hasErrors)
  #expect(findings.diagnostics.count == Findings.countMax)
}

@Test func `findings are in order of range, code and message, and each stands once`() {
  let range = ByteRange(at: 3)
  let code = DiagnosticCode(rawValue: "b")
  let findings = Findings([
    Diagnostic(code, at: range, "\u{E9}", path: "x"), Diagnostic(code, at: range, "e\u{301}"),
    Diagnostic(code, at: range, "\u{E9}", path: "y"), finding(9), finding(3), finding(0),
    Diagnostic(code, at: ByteRange(0, 2), "wide"),
  ])
  #expect(
    findings.sorted.map { Array($0.message.utf8) }
      == ["number 0", "wide", "number 3", "e\u{301}", "\u{E9}", "number 9"].map { Array($0.utf8) })
}
