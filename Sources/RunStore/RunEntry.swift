package import FlowModel
package import JSON
import Source

/// What the index knows of one run: an artifact of the registry.
package struct RunEntry: Hashable, Sendable {
  /// The name of its directory, which is ASCII.
  package let id: String
  package let created: Timestamp
  package let title: String
  /// `run`, those of the manifest, what kinds of files there are, those of the model.
  package let tags: [String]
  /// Members of the manifest as text, its `provenance` as an object, and what is known of the files.
  package let metadata: JSONObject
  /// Of the files that stand directly in the directory.
  package let files: [String]
  /// The bytes of ``files`` together.
  package let totalSize: Int
  package let lastModified: Timestamp
  /// When the directory was last changed, in nanoseconds: another stamp means that the entry must be made again.
  let stamp: Int
  /// All that a search looks through, in lower case.
  let words: [UInt8]
  /// How many bytes of ``words`` are title and metadata; the rest is for a search of everything.
  let metadataWordsEnd: Int
  /// A mark for each text of record and metadata, under which name it is: where a query's mark is missing, so is its text.
  let fieldMarks: [UInt64]

  /// The part of the record that can be asked for; nil for a run without one.
  package let provenance: JSONObject?
  package let isArchived: Bool

  package static let archivedTag = "archived"

  init(
    id: String, created: Timestamp, title: String, tags: [String], metadata: JSONObject,
    files: [String], totalSize: Int, lastModified: Timestamp, stamp: Int
  ) {
    self.id = id
    self.created = created
    self.title = title
    self.tags = tags
    self.metadata = metadata
    self.files = files
    self.totalSize = totalSize
    self.lastModified = lastModified
    self.stamp = stamp
    provenance = metadata["provenance"]?.objectValue
    isArchived = tags.contains(Self.archivedTag)
    var marks: [UInt64] = []
    for object in [provenance, metadata].compactMap(\.self) {
      for member in object.members {
        guard case .string(let text) = member.value else { continue }
        marks.append(Self.mark(member.name, text))
      }
    }
    fieldMarks = marks
    var words = Self.lowered(title)
    for member in metadata.members {
      words.append(0)
      switch member.value {
      case .string(let text): words += Self.lowered(text)
      case .object(let object):
        for inner in object.members {
          words += Self.lowered(inner.value.stringValue ?? inner.value.text())
          words.append(0)
        }
      default: words += Self.lowered(member.value.text())
      }
    }
    metadataWordsEnd = words.count
    for text in [id] + tags + files {
      words.append(0)
      words += Self.lowered(text)
    }
    self.words = words
  }

  /// Of two different pairs that are alike in it there is one in 2^64. Source: FNV-1a.
  static func mark(_ name: String, _ text: String) -> UInt64 {
    var mark: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in [name, text] {
      let bytes = part.utf8.span
      for place in bytes.indices { mark = (mark ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
      // No byte of UTF-8.
      mark = (mark ^ 0xFF) &* 0x100_0000_01B3
    }
    return mark
  }

  static func lowered(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for index in bytes.indices {
      if bytes[index] >= 0x80 { return Array(text.lowercased().utf8) }
      if (0x41...0x5A).contains(bytes[index]) { bytes[index] += 0x20 }
    }
    return bytes
  }
}

// MARK: In the index file

extension RunEntry {
  /// An artifact, as every door tells of it.
  package var artifact: JSONObject {
    [
      "id": .string(id), "type": "run", "title": .string(title),
      "created": .string(created.rfc3339), "tags": .array(tags.map(JSONValue.string)),
      "metadata": .object(metadata), "files": .array(files.map(JSONValue.string)),
      "totalSize": .number(JSONNumber(totalSize)), "lastModified": .string(lastModified.rfc3339),
    ]
  }

  /// The same with what only the index needs.
  var indexed: JSONValue {
    var object = artifact
    object["stamp"] = .number(JSONNumber(stamp))
    return .object(object)
  }

  /// - Returns: nil for anything that ``indexed`` does not write.
  init?(indexed: JSONValue) {
    guard let object = indexed.objectValue, let id = object["id"]?.stringValue,
      let created = RunName.created(id), let title = object["title"]?.stringValue,
      let tags = Self.texts(object["tags"]), let files = Self.texts(object["files"]),
      let metadata = object["metadata"]?.objectValue,
      let totalSize = object["totalSize"]?.numberValue?.integer,
      let stamp = object["stamp"]?.numberValue?.integer,
      let modified = object["lastModified"]?.stringValue,
      let lastModified = Timestamp.Reading(rfc3339: modified)?.timestamp
    else { return nil }
    self.init(
      id: id, created: created, title: title, tags: tags, metadata: metadata, files: files,
      totalSize: totalSize, lastModified: lastModified, stamp: stamp)
  }

  private static func texts(_ value: JSONValue?) -> [String]? {
    guard let values = value?.arrayValue else { return nil }
    var texts: [String] = []
    texts.reserveCapacity(values.count)
    for value in values {
      guard let text = value.stringValue else { return nil }
      texts.append(text)
    }
    return texts
  }
}

// MARK: From a run's directory

extension RunEntry {
  /// A file directly in the directory of a run.
  struct TopFile {
    let name: String
    let size: Int
    let modified: Timestamp
  }

  /// - Parameter files: In any order.
  init(
    id: String, created: Timestamp, directory: String, manifest: JSONObject, spec: [UInt8]?,
    files: [TopFile], stamp: Int
  ) {
    let files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let names = files.map(\.name)
    let totalSize = files.reduce(0) { $0 &+ $1.size }
    let table = names.first { $0.hasSuffix(".csv") }
    let document = names.first {
      $0.hasSuffix(".json")
        && !["manifest.json", "index.json", "provenance.json", "metadata.json"].contains($0)
    }
    let settings = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    let model = spec.map(SpecWords.init) ?? SpecWords()

    var metadata =
      manifest["metadata"]?.objectValue.map { object in
        object.members.map { JSONMember($0.name, .string(Self.text($0.value))) }
      } ?? []
    for member in manifest.members
    where !["metadata", "tags", "seriesHashes"].contains(member.name) {
      if member.name == "provenance", case .object = member.value {
        metadata.append(member)
      } else {
        metadata.append(JSONMember(member.name, .string(Self.text(member.value))))
      }
    }
    if let output = document ?? table {
      metadata.append(JSONMember("outputFile", .string(output)))
      metadata.append(JSONMember("outputFormat", document == nil ? "csv" : "json"))
    }
    if !settings.isEmpty {
      metadata.append(JSONMember("configFiles", .string(settings.joined(separator: ", "))))
    }
    metadata.append(JSONMember("directoryPath", .string(directory)))
    metadata.append(JSONMember("fileCount", .string(String(files.count))))
    metadata.append(JSONMember("totalSizeBytes", .string(String(totalSize))))

    var tags = ["run"] + (manifest["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
    if table != nil { tags.append("csv") }
    if document != nil { tags.append("json") }
    if !settings.isEmpty { tags.append("configured") }
    tags += model.tags
    var seen: Set<ExactString> = []
    tags = tags.filter { seen.insert(ExactString($0)).inserted }

    let part = id.utf8.split(separator: UInt8(ascii: "_")).last
    self.init(
      id: id, created: created,
      title: model.title ?? "Run " + (part.map { String(decoding: $0, as: UTF8.self) } ?? id),
      tags: tags, metadata: JSONObject(metadata), files: names, totalSize: totalSize,
      lastModified: files.reduce(created) { max($0, $1.modified) }, stamp: stamp)
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .bool(let value): value ? "True" : "False"
    default: value.text()
    }
  }
}
