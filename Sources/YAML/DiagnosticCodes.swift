package import Source

extension DiagnosticCode {
  /// The text breaks a production of YAML 1.2.2; the message says which rule and what to do.
  package static let yamlSyntax = DiagnosticCode(rawValue: "yaml-syntax")

  /// Bytes that are not UTF-8, or characters that YAML forbids (YAML 1.2.2 sections 5.1 and 5.2).
  package static let yamlEncoding = DiagnosticCode(rawValue: "yaml-encoding")

  /// A mapping has one key twice (YAML 1.2.2 section 3.2.1.1). Related: the first.
  package static let yamlKeyDuplicate = DiagnosticCode(rawValue: "yaml-key-duplicate")

  /// An alias names no anchor before it in its document (YAML 1.2.2 section 7.1).
  package static let yamlAliasUndefined = DiagnosticCode(rawValue: "yaml-alias-undefined")

  /// A tag uses a handle that no `%TAG` of its document declares (YAML 1.2.2 section 6.8.2).
  package static let yamlTagHandleUndefined = DiagnosticCode(rawValue: "yaml-tag-handle-undefined")

  /// A limit of ``YAMLLimits`` was reached; the message names it and its value.
  package static let yamlLimit = DiagnosticCode(rawValue: "yaml-limit")
}
