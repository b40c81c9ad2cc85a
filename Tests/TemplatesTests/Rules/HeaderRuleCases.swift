extension RuleCase {
  /// Rules on what the newest level says of the whole. Source: docs/reference/template.md, "Level and spellings".
  static let headerRules: [RuleCase] = head + window + newestMetadata + misspeltSections

  private static let head: [RuleCase] = [
    RuleCase(
      "generator-invalid", in: .template, newest: [("grid:", "generator: «other-sim»\ngrid:")],
      good: [("grid:", "generator: FlowTime-Sim-cli\ngrid:")]),
    RuleCase(
      "generator-invalid", in: .template, newest: [("grid:", "generator: «flowtimesim»\ngrid:")],
      fixes: ["change to 'flowtime-sim'"]),
    RuleCase("generator-invalid", in: .template, newest: [("grid:", "«generator»:\ngrid:")]),
    RuleCase(
      "mode-unsupported", in: .template, newest: [("grid:", "mode: «simulaton»\ngrid:")],
      good: [("grid:", "mode: \" Simulation \"\ngrid:")], fixes: ["change to 'simulation'"]),
    RuleCase(
      "mode-unsupported", in: .template, newest: [("grid:", "mode: «replay»\ngrid:")],
      good: [("grid:", "mode: telemetry\ngrid:")]),
    RuleCase("mode-unsupported", in: .template, newest: [("grid:", "mode: «1»\ngrid:")]),
    RuleCase("mode-unsupported", in: .template, newest: [("grid:", "«mode»:\ngrid:")]),
  ]

  private static let start = "  start: 2025-01-01T00:00:00Z\n"

  private static let window: [RuleCase] = [
    RuleCase(
      "window-start-missing", in: .template,
      newest: [("metadata:", "«»metadata:"), (start, "")]),
    RuleCase(
      "window-start-missing", in: .template,
      newest: [(start, ""), ("grid:", "«window»: {timezone: UTC}\ngrid:")],
      good: [
        (start, ""), ("grid:", "window: {start: 2025-01-01T00:00:00Z, timezone: utc}\ngrid:"),
      ]),
    RuleCase(
      "window-start-missing", in: .template,
      newest: [(start, ""), ("grid:", "window:\n  «start»:\ngrid:")]),
    RuleCase(
      "window-start-format", in: .template,
      newest: [("grid:", "window: {start: «yesterday»}\ngrid:")]),
    RuleCase(
      "window-start-format", in: .template,
      newest: [("grid:", "window: {start: «2025-03-01»}\ngrid:")],
      fixes: ["change to '2025-03-01T00:00:00Z'"]),
    RuleCase(
      "window-start-not-utc", in: .template,
      newest: [("grid:", "window: {start: «2025-03-01T01:30:00+02:00»}\ngrid:")],
      good: [("grid:", "window: {start: \"2025-03-01T01:30:00+00:00\"}\ngrid:")],
      fixes: ["change to '2025-02-28T23:30:00Z'"]),
    RuleCase(
      "window-timezone", in: .template,
      newest: [("grid:", "window: {timezone: «Europe/Rome»}\ngrid:")]
    ),
    RuleCase(
      "window-timezone", in: .template, newest: [("grid:", "window: {timezone: «Etc/UTC»}\ngrid:")],
      fixes: ["change to 'UTC'"]),
    RuleCase(
      "window-timezone", in: .template, newest: [("grid:", "window:\n  «timezone»:\ngrid:")]),
  ]

  private static let newestMetadata: [RuleCase] = [
    RuleCase(
      "metadata-title-missing", in: .template,
      newest: [("metadata:", "«metadata»:"), ("  title: Shop\n", "")]),
    RuleCase(
      "metadata-title-missing", in: .template, newest: [("title: Shop", "title: «\" \"»")]),
    RuleCase(
      "metadata-version-missing", in: .template,
      newest: [("metadata:", "«metadata»:"), ("  version: 1.2.0\n", "")]),
    RuleCase(
      "metadata-version-missing", in: .template, newest: [("version: 1.2.0", "version:«»")]),
    RuleCase(
      "metadata-version-format", in: .template, newest: [("1.2.0", "«1.2»")],
      good: [("1.2.0", "\"10.0.3-beta.2\"")], fixes: ["change to '1.2.0'"]),
    RuleCase(
      "metadata-version-format", in: .template, newest: [("1.2.0", "«v3»")],
      fixes: ["change to '3.0.0'"]),
    RuleCase("metadata-version-format", in: .template, newest: [("1.2.0", "«1.2.x»")]),
    RuleCase("metadata-version-format", in: .template, newest: [("1.2.0", "«1.2.0-»")]),
  ]

  /// One mistake, one finding: what is below the key is read as if it were spelt right, or not looked at.
  private static let misspeltSections: [RuleCase] = [
    RuleCase(
      "key-unknown", in: .template, [("parameters:", "«paramters»:")],
      fixes: ["change to 'parameters'"]),
    RuleCase(
      "key-unknown", in: .template, [("metadata:", "«metdata»:")], fixes: ["change to 'metadata'"]),
    RuleCase("key-unknown", in: .template, [("grid:", "«gird»:")], fixes: ["change to 'grid'"]),
    RuleCase(
      "key-unknown", newest: [("topology:", "«toplogy»:")], fixes: ["change to 'topology'"]),
    RuleCase(
      "key-unknown", in: .template, newest: [("grid:", "«metdata»: {id: a}\ngrid:")]),
    RuleCase(
      "key-unknown", newest: [("classes:\n", "«clases»:\n")], fixes: ["change to 'classes'"]),
    RuleCase(
      "key-unknown", newest: [("  edges:", "  «edgse»:")], fixes: ["change to 'edges'"]),
    RuleCase(
      "key-unknown", [("binSize: 60", "binSize: 60\n  «binsize»: 60")]),
    // Short keys, and a near key that is there already.
    RuleCase(
      "key-unknown", in: .template, newest: [("to: Street", "«tp»: Street")],
      fixes: ["change to 'to'"]),
    RuleCase(
      "key-unknown", [("id: chance\n    kind: pmf", "«di»: chance\n    kind: pmf")],
      fixes: ["change to 'id'"]),
    RuleCase(
      "key-unknown", [("id: chance\n    kind: pmf", "id: chance\n    «ind»: pmf")],
      fixes: ["change to 'kind'"]),
  ]
}
