import FlowModel
import Source
import YAML

/// What a template says about itself. Source: docs/reference/template.md, "Metadata".
package struct Metadata: Hashable, Sendable {
  /// nil where it is missing, which is an error of the template.
  package let id: String?
  package let title: String
  package let description: String
  package let tags: [String]
  /// As it is written: `1.0` stays `1.0`, quoted or not; `1.0` where there is none.
  package let version: String

  /// The version of a template that names none.
  package static let versionDefault = "1.0"
}

extension Shape {
  static let metadata: Shape = .mapping([
    Key("id", .text), Key("title", .text), Key("description", .text), Key("version", .text),
    Key("tags", .sequence(of: .text)), Key("narrative", .text), Key("captureKey", .text),
  ])
}

extension Metadata {
  /// - Parameters:
  ///   - entry: the `metadata` entry as read with ``LiteralMeaning``; nil where there is none.
  ///   - start: where the document starts.
  ///   - level: that of the template, which decides what is required.
  init(
    _ entry: DataEntry?, start: Int, level: ModelView.Level, _ findings: inout Findings
  ) {
    var shaper = Shaper(origin: .template)
    let section = entry.map { shaper.fit($0.value, Shape.metadata, at: "metadata") }
    findings.add(contentsOf: shaper.findings)
    let given = section?["id"]
    id = given.flatMap { $0.isBlank ? nil : $0.string }
    title = section?["title"]?.string ?? ""
    description = section?["description"]?.string ?? ""
    version =
      section?["version"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? Metadata.versionDefault
    tags = section?["tags"]?.items.compactMap(\.string) ?? []
    guard section?.isUnknown != true else { return }
    if level == .newest, let entry, let section, case .mapping = section.content {
      let shaped = DataEntry(key: entry.key, keyRange: entry.keyRange, value: section)
      MetadataTitleMissing.check(shaped, &findings)
      MetadataVersionMissing.check(shaped, &findings)
      MetadataVersionFormat.check(shaped, &findings)
    }
    guard given?.isUnknown != true else { return }
    if let id, let range = given?.range {
      let isUsual = id.utf8.allSatisfy {
        ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
      }
      // A reference there is blamed by its own rule.
      if !isUsual, ReferenceText(id) == nil {
        findings.add(
          MetadataIDFormat.self, at: range,
          "an id is lower-case letters, digits and '-', unlike \(quoted(id))",
          path: "metadata" + "id")
      }
    } else {
      findings.add(
        MetadataIDMissing.self, at: given?.range ?? entry?.keyRange ?? ByteRange(at: start),
        "the template has no metadata.id, by which it is known", path: "metadata" + "id")
    }
  }
}

/// Scalars of the sections that are read before any value is known.
final class LiteralMeaning: ScalarMeaning {
  private let core = CoreMeaning()

  func value(of scalar: YAMLNode, at path: DataPath, findings: inout Findings) -> DataNode {
    if let reference = ReferenceText(scalar.string),
      reference.segments.contains(where: \.isReference)
    {
      findings.add(
        PlaceholderNotSubstituted.self, at: scalar.range,
        "no reference is replaced in \(path.steps.first == "metadata" ? "metadata" : "parameters")",
        path: path)
    }
    // Metadata is text: `version: 1.0` must not become the number 1.
    if path.steps.first == "metadata", scalar.style == .plain, scalar.tag == nil,
      !core.value(of: scalar, at: path, findings: &findings).isNull
    {
      return DataNode(.string(scalar.string), at: scalar.range)
    }
    return core.value(of: scalar, at: path, findings: &findings)
  }
}

extension ReferenceText.Segment {
  /// Whether it is a reference, closed or not.
  var isReference: Bool {
    if case .literal = self { false } else { true }
  }
}
