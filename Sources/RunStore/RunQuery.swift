package import FlowModel
import JSON
import Source

/// Which runs are asked for, and in which order. All that is set must hold.
package struct RunQuery: Hashable, Sendable {
  package enum Sort: String, Hashable, Sendable {
    case created, title, id, size, modified
  }

  /// A value that a field of the record must have, byte for byte.
  package struct Field: Hashable, Sendable {
    /// In either spelling.
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Compared without regard to case; all runs are of the type `run`.
  package var type: String?
  /// In the title or the metadata, without regard to case.
  package var search: String?
  /// As ``search``, and in id, tags and names of files.
  package var fullText: String?
  /// A run has one of them at least.
  package var tags: [String] = []
  package var fields: [Field] = []
  /// Inclusive, as all bounds.
  package var createdAfter: Timestamp?
  package var createdBefore: Timestamp?
  package var sizeMin: Int?
  package var sizeMax: Int?
  /// Ignored where there is no such run.
  package var relatedTo: String?
  package var includesArchived = false
  package var sort = Sort.created
  package var isAscending = false
  package var skip = 0
  package var limit = 50

  /// The most runs that one answer has.
  package static let limitMax = 1000

  package init() {}

  /// Reads parameters as the HTTP door gives them. What is not known, or cannot be read, is ignored; of a name that comes
  /// again, the fields of the record must all hold, and of the others the first counts.
  package init(parameters: [(name: String, value: String)]) {
    var seen: Set<String> = []
    for (name, value) in parameters {
      if let field = Self.field(name) {
        if !value.isEmpty { fields.append(Field(field, value)) }
      } else if seen.insert(name).inserted, !value.isEmpty {
        set(name, value)
      }
    }
  }

  /// The field of the record that a parameter asks for; nil for another parameter.
  private static func field(_ name: String) -> String? {
    switch name {
    case "source", "templateId", "template_id", "modelId", "model_id": return name
    default:
      let prefix = "metadata."
      guard name.hasPrefix(prefix), name != prefix else { return nil }
      return String(name.dropFirst(prefix.utf8.count))
    }
  }

  private mutating func set(_ name: String, _ value: String) {
    switch name {
    case "type": type = value
    case "search": search = value
    case "fullText": fullText = value
    case "tags": tags = value.split(separator: ",").map(Self.trimmed).filter { !$0.isEmpty }
    case "createdAfter": createdAfter = Self.time(value)
    case "createdBefore": createdBefore = Self.time(value)
    case "minSize": sizeMin = Int(value)
    case "maxSize": sizeMax = Int(value)
    case "relatedTo": relatedTo = value
    case "includeArchived": includesArchived = value.lowercased() == "true"
    case "sortBy": sort = Sort(rawValue: value.lowercased()) ?? .created
    case "sortOrder": isAscending = value.lowercased() == "asc"
    case "skip": skip = max(0, Int(value) ?? 0)
    case "limit": limit = min(max(0, Int(value) ?? 50), Self.limitMax)
    default: break
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private static func time(_ text: String) -> Timestamp? {
    Timestamp.utc(of: text).flatMap { Timestamp.Reading(rfc3339: $0)?.timestamp }
  }
}

extension RunQuery {
  /// What a query found.
  package struct Answer: Hashable, Sendable {
    /// One page.
    package let entries: [RunEntry]
    /// Of all pages.
    package let total: Int
  }

  /// - Parameter entries: In the order of their ids, which is that of time.
  func answer(from entries: [RunEntry]) -> Answer {
    let matcher = Matcher(self, entries)
    var found: [Int] = []
    for place in entries.indices where matcher.accepts(place, of: entries) { found.append(place) }
    switch sort {
    case .created, .id: break
    // Places are in the order of ids, so that equal ones stand by id.
    case .title:
      found.sort {
        let (left, right) = (entries[$0].title.utf8, entries[$1].title.utf8)
        if left.elementsEqual(right) { return $0 < $1 }
        return left.lexicographicallyPrecedes(right)
      }
    case .size: found.sort { (entries[$0].totalSize, $0) < (entries[$1].totalSize, $1) }
    case .modified: found.sort { (entries[$0].lastModified, $0) < (entries[$1].lastModified, $1) }
    }
    if !isAscending { found.reverse() }
    return Answer(
      entries: found.dropFirst(max(0, skip)).prefix(max(0, min(limit, Self.limitMax))).map {
        entries[$0]
      },
      total: found.count)
  }

  /// The query, made ready to look at many runs.
  private struct Matcher {
    let query: RunQuery
    let search: BytePattern?
    let fullText: BytePattern?
    let fields: [(name: String, value: ExactString, mark: UInt64)]
    let tags: Set<ExactString>
    let related: RunEntry?
    let isAnyType: Bool

    init(_ query: RunQuery, _ entries: [RunEntry]) {
      self.query = query
      search = query.search.map { BytePattern(RunEntry.lowered($0)) }
      fullText = query.fullText.map { BytePattern(RunEntry.lowered($0)) }
      fields = query.fields.map {
        let name = ProvenanceField.camelCase($0.name)
        return (name, ExactString($0.value), RunEntry.mark(name, $0.value))
      }
      tags = Set(query.tags.map { ExactString($0) })
      related = query.relatedTo.flatMap { id in entries.first { $0.id == id } }
      isAnyType = query.type.map { $0.lowercased() == "run" } ?? true
    }

    /// An entry is looked at where it stands: to copy it costs more than most answers.
    func accepts(_ place: Int, of entries: [RunEntry]) -> Bool {
      guard isAnyType, query.includesArchived || !entries[place].isArchived else { return false }
      if let bound = query.createdAfter, entries[place].created < bound { return false }
      if let bound = query.createdBefore, entries[place].created > bound { return false }
      if let bound = query.sizeMin, entries[place].totalSize < bound { return false }
      if let bound = query.sizeMax, entries[place].totalSize > bound { return false }
      if !fields.isEmpty {
        guard let record = entries[place].provenance else { return false }
        for field in fields {
          guard entries[place].fieldMarks.contains(field.mark),
            let value = (record[field.name] ?? entries[place].metadata[field.name])?.stringValue,
            ExactString(value) == field.value
          else { return false }
        }
      }
      if !tags.isEmpty, !entries[place].tags.contains(where: { tags.contains(ExactString($0)) }) {
        return false
      }
      if let search {
        let words = entries[place].words
        guard search.isPart(of: words, before: entries[place].metadataWordsEnd) else {
          return false
        }
      }
      if let fullText {
        let words = entries[place].words
        guard fullText.isPart(of: words, before: words.count) else { return false }
      }
      // All are of one type, which is what relates them.
      if let related, entries[place].id == related.id { return false }
      return true
    }
  }
}
