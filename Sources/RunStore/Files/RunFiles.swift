package import FlowModel
import JSON

/// The files of a run as bytes, in one of two forms.
///
/// The file form is what is written to a directory that a user names: its run is called after the model's bytes. The
/// store's form is that of a run among others: called after the time, with the provenance. They differ in the members
/// that each kind of reader looks for. Source: docs/reference/runs.md.
package struct RunFiles: Sendable {
  package let runID: String
  /// `sha256:` and 64 hex digits over the bytes of model/model.yaml.
  package let modelHash: String
  /// The same over the trimmed text and the seed; in the file form it is ``modelHash``.
  package let scenarioHash: String
  package let files: [RunFile]
  /// manifest.json, read.
  let manifest: JSONObject

  /// The version that run.json names.
  static let engineVersion = "0.1.0"

  /// For a directory that a user names.
  package static func fileForm(_ run: FinishedRun, at time: Timestamp) -> RunFiles {
    let digest = SHA256.hex(of: run.model)
    let form = Form(
      runID: "run_" + digest.prefix(16), modelHash: "sha256:" + digest,
      scenarioHash: "sha256:" + digest, inputHash: "sha256:" + digest,
      created: Timestamp(seconds: time.second)?.rfc3339 ?? time.rfc3339, inStore: false)
    let identity: [(String, JSONValue)] = [
      ("hasProvenance", .bool(run.provenance != nil)),
      ("templateId", .string(run.text("template_id") ?? "adhoc-model")),
      ("inputHash", .string(form.inputHash)),
    ]
    return RunFiles(run, form, identity: identity, record: run.provenance)
  }

  /// For the store.
  package static func storeForm(
    _ run: FinishedRun, runID: String, at time: Timestamp
  ) -> RunFiles {
    let modelHash = "sha256:" + SHA256.hex(of: run.model)
    var scenario = trimmed(run.model)
    scenario += Array("\n\(run.seed.map(String.init) ?? "null")\nnull".utf8)
    let scenarioHash = "sha256:" + SHA256.hex(of: scenario)
    let created = sevenDigits(time)
    let form = Form(
      runID: runID, modelHash: modelHash, scenarioHash: scenarioHash,
      inputHash: run.text("input_hash") ?? scenarioHash, created: created, inStore: true)
    guard var record = run.provenance else {
      return RunFiles(run, form, identity: [], record: nil)
    }
    let isSnakeCase = ["model_id", "template_id"].contains { record[$0] != nil }
    record[isSnakeCase ? "received_at" : "receivedAt"] = .string(created)
    return RunFiles(run, form, identity: identity(of: record), record: record)
  }

  /// Texts of the record that a query may ask for, spelled in one way.
  private static func identity(of record: JSONObject) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("hasProvenance", true)]
    for name in ["modelId", "templateId"] {
      members.append((name, ProvenanceField.value(of: name, in: record) ?? .null))
    }
    var seen: Set<String> = ["hasProvenance", "modelId", "templateId"]
    for member in record.members {
      let name = ProvenanceField.camelCase(member.name)
      guard case .string = member.value, seen.insert(name).inserted else { continue }
      members.append((name, member.value))
    }
    return members
  }

  private struct Form {
    let runID: String, modelHash: String, scenarioHash: String, inputHash: String, created: String
    let inStore: Bool
  }

  private init(
    _ run: FinishedRun, _ form: Form, identity: [(String, JSONValue)], record: JSONObject?
  ) {
    runID = form.runID
    modelHash = form.modelHash
    scenarioHash = form.scenarioHash
    let manifest = Self.manifest(run, form, identity)
    // What was just written is an object.
    self.manifest = (try? JSONDocument.parse(manifest))?.root.objectValue ?? JSONObject()
    var files = [
      RunFile("spec.yaml", SpecText.make(run.model, series: run.series)),
      RunFile("model/model.yaml", run.model),
      RunFile("model/metadata.json", Self.metadata(run, form, record)),
    ]
    if let record {
      files.append(RunFile("provenance.json", JSONValue.object(record).serialized(.pretty)))
    }
    for series in run.series { files.append(RunFile(series.path, series.csv)) }
    files.append(RunFile("series/index.json", Self.index(run, form)))
    files.append(RunFile("run.json", Self.run(run, form)))
    files.append(RunFile("manifest.json", manifest))
    self.files = files
  }

  private static func grid(
    _ grid: FinishedRun.Grid, _ text: inout LaidOutText, timezone: Bool, align: Bool
  ) {
    text.member("grid") {
      $0.member("bins", .number(JSONNumber(grid.bins)))
      $0.member("binSize", .number(JSONNumber(grid.binSize)))
      $0.member("binUnit", .string(grid.binUnit))
      if timezone { $0.member("timezone", "UTC") }
      if align { $0.member("align", "left") }
    }
  }

  private static func coverage(_ run: FinishedRun, _ form: Form) -> (String, JSONValue) {
    guard form.inStore else {
      return ("classesCoverage", run.classes.isEmpty ? "none" : "full")
    }
    let written = Set(run.series.map(\.classID))
    let count = run.classes.count { written.contains($0.id) }
    return (
      "classCoverage", count == 0 ? "missing" : count < run.classes.count ? "partial" : "full"
    )
  }

  private static func classes(_ run: FinishedRun) -> [[(String, String)]] {
    run.classes.map {
      [("id", $0.id), ("displayName", $0.displayName), ("description", $0.description)]
    }
  }

  private static func index(_ run: FinishedRun, _ form: Form) -> [UInt8] {
    LaidOutText.object {
      $0.member("schemaVersion", 1)
      grid(run.grid, &$0, timezone: form.inStore, align: false)
      $0.list("series", of: run.series) { series, text in
        text.member("id", .string(series.id))
        text.member("kind", .string(series.kind))
        text.member("path", .string(series.path))
        text.member("unit", .string(series.unit))
        text.member("componentId", .string(series.componentID))
        text.member("class", .string(series.classID))
        text.member("classKind", .string(series.classKind))
        text.member("points", .number(JSONNumber(series.points)))
        text.member("hash", .string(series.hash))
      }
      $0.list("classes", classes(run))
      let coverage = coverage(run, form)
      $0.member(coverage.0, coverage.1)
      $0.member("formats") {
        $0.member("aggregatesTable") {
          $0.member("path", "aggregates/node_time_bin.parquet")
          if form.inStore {
            $0.member("dimensions", ["time_bin", "component_id", "class"])
            $0.member("measures", ["arrivals", "served", "errors"])
          }
        }
      }
    }
  }

  private static func run(_ run: FinishedRun, _ form: Form) -> [UInt8] {
    let hash: (String, JSONValue) = ("modelHash", .string(form.modelHash))
    let scenario: (String, JSONValue) = ("scenarioHash", .string(form.scenarioHash))
    let created: (String, JSONValue) = ("createdUtc", .string(form.created))
    return LaidOutText.object {
      $0.member("schemaVersion", 1)
      $0.member("runId", .string(form.runID))
      $0.member("engineVersion", .string(engineVersion))
      $0.member("source", "engine")
      $0.member("inputHash", .string(form.inputHash))
      for member in form.inStore ? [] : [scenario, created] { $0.member(member.0, member.1) }
      grid(run.grid, &$0, timezone: true, align: true)
      for member in form.inStore ? [hash, scenario, created] : [hash] {
        $0.member(member.0, member.1)
      }
      let coverage = coverage(run, form)
      $0.member(coverage.0, coverage.1)
      $0.list(
        "warnings",
        run.warnings.map {
          [
            ("nodeId", $0.nodeID), ("code", $0.code), ("message", $0.message),
            ("severity", $0.severity),
          ]
        })
      $0.list("series", run.series.map { [("id", $0.id), ("path", $0.path), ("unit", $0.unit)] })
      $0.list("classes", classes(run))
    }
  }

  private static func manifest(
    _ run: FinishedRun, _ form: Form, _ identity: [(String, JSONValue)]
  ) -> [UInt8] {
    LaidOutText.object {
      $0.member("schemaVersion", 1)
      $0.member("scenarioHash", .string(form.scenarioHash))
      if !form.inStore { $0.member("modelHash", .string(form.modelHash)) }
      $0.member("rng") {
        $0.member("kind", form.inStore ? "pcg32" : "none")
        $0.member("seed", .number(JSONNumber(form.inStore ? run.seed ?? 123 : 0)))
      }
      $0.member("seriesHashes") {
        for series in run.series { $0.member(series.id, .string(series.hash)) }
      }
      $0.member("eventCount", 0)
      $0.member("createdUtc", .string(form.created))
      if form.inStore { $0.member("modelHash", .string(form.modelHash)) }
      if !identity.isEmpty {
        $0.member("provenance") {
          for member in identity { $0.member(member.0, member.1) }
        }
      }
      $0.list("classes", run.classes.map { [("id", $0.id), ("displayName", $0.displayName)] })
    }
  }

  private static func metadata(_ run: FinishedRun, _ form: Form, _ record: JSONObject?) -> [UInt8] {
    let value = { (name: String, usual: String) -> JSONValue in
      .string(run.text(name) ?? usual)
    }
    var members: [(String, JSONValue?)] = [
      ("schemaVersion", 1),
      ("templateId", value("template_id", "adhoc-model")),
      ("templateTitle", value("template_title", "Ad Hoc Model")),
      ("templateVersion", value("template_version", "0.0.0")),
      ("mode", value("mode", "simulation")),
      ("modelHash", .string(form.modelHash)),
      ("source", run.text("source").map(JSONValue.string) ?? .null),
      ("hasTelemetrySources", false), ("telemetrySources", []), ("nodeSources", [:]),
      (
        "parameters", record.flatMap { ProvenanceField.value(of: "parameters", in: $0) } ?? [:]
      ),
    ]
    if let record, form.inStore {
      for name in ["generator", "modelId", "generatedAt", "receivedAt"] {
        let written = name.hasSuffix("At") ? name + "Utc" : name
        members.append((written, ProvenanceField.value(of: name, in: record)))
      }
    }
    return JSONObject.present(members).serialized(.pretty)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    var rest = bytes[...]
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return Array(rest)
  }

  /// RFC 3339 with seven digits after the point, as older readers expect.
  static func sevenDigits(_ time: Timestamp) -> String {
    let digits = String(time.fraction)
    let whole = Timestamp(seconds: time.second)?.rfc3339 ?? time.rfc3339
    return whole.dropLast() + "." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
      + "0Z"
  }
}

extension FinishedRun {
  /// A text of the record, in either spelling; nil for one that is blank.
  func text(_ field: String) -> String? {
    guard let text = provenance.flatMap({ ProvenanceField.value(of: field, in: $0) })?.stringValue
    else { return nil }
    return text.isEmpty ? nil : text
  }
}
