import FlowModel
import Source

/// What a model says of itself for people: a title and tags.
struct SpecWords {
  var title: String?
  var tags: [String] = []

  init() {}

  init(_ spec: [UInt8]) {
    let document = ModelDocument(SourceText(spec))
    guard let root = document.root else { return }
    var reader = DataReader(meaning: CoreMeaning())
    let data = reader.read(root)
    let metadata = data[ExactString("metadata")]
    // The index has them in memory, whatever somebody wrote there.
    tags = Self.tags(metadata?[ExactString("tags")]).prefix(Self.tagCountMax)
      .map { String($0.prefix(Self.wordLengthMax)) }
    let title =
      Self.word(metadata, "title") ?? Self.word(metadata, "description").map(Self.sentence)
      ?? Self.word(data, "title") ?? Self.word(data, "description").map(Self.sentence)
      ?? Self.comment(spec) ?? Self.nodes(data)
    self.title = title.map { String($0.prefix(Self.wordLengthMax)) }
  }

  /// Characters of a title or a tag that are kept.
  private static let wordLengthMax = 1_000
  private static let tagCountMax = 100

  private static func word(_ data: DataNode?, _ key: String) -> String? {
    guard let value = data?[ExactString(key)], !value.isBlank else { return nil }
    return value.string
  }

  /// The whole text, or of a long one the first sentence.
  private static func sentence(_ text: String) -> String {
    guard text.count > 80, let end = text.firstIndex(of: ".") else { return text }
    return String(text[...end])
  }

  /// A list, or text between brackets with commas.
  private static func tags(_ value: DataNode?) -> [String] {
    guard let value else { return [] }
    if let text = value.string {
      guard text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") else {
        return []
      }
      return text.dropFirst().dropLast().split(separator: ",").map(Self.trimmed)
        .filter { !$0.isEmpty }
    }
    return value.items.compactMap(\.string)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first == " " || first == "\"" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\"" { text.removeLast() }
    return String(text)
  }

  /// The first comment that somebody wrote above the model.
  private static func comment(_ spec: [UInt8]) -> String? {
    for line in spec.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      guard text.hasPrefix("# ") else { return nil }
      let words = trimmed(text.dropFirst(2))
      let isUsual =
        ["Generated", "This is", "File:"].contains(where: words.hasPrefix)
        || words.hasPrefix("generated model")
      if words.utf8.count > 10, !isUsual { return words }
    }
    return nil
  }

  private static func nodes(_ data: DataNode) -> String? {
    let ids = (data[ExactString("nodes")]?.items ?? []).prefix(3).compactMap {
      word($0, "id")
    }
    return ids.isEmpty ? nil : "Model with " + ids.joined(separator: ", ")
  }
}
