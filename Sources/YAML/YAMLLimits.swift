/// The bounds within which a text is read. What lies beyond one is a `yaml-limit` diagnostic, never a failure.
package struct YAMLLimits: Hashable, Sendable {
  /// Longest text, in bytes; a longer one is not parsed at all. Default 64 MiB; values above 1 GiB count as 1 GiB.
  package var textLengthMax: Int

  /// Most collections within one another. Default 256. What is nested deeper is skipped to the end of its document.
  package var depthMax: Int

  /// Most diagnostics for one text. Default 100.
  package var diagnosticCountMax: Int

  /// Most nodes of one document when each alias is replaced by what it names. Default 1,000,000.
  package var aliasNodeCountMax: Int

  package init() {
    textLengthMax = 64 << 20
    depthMax = 256
    diagnosticCountMax = 100
    aliasNodeCountMax = 1_000_000
  }
}
