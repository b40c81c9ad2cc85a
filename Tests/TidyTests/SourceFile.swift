import TestSupport

/// A Swift file of this package, and its code without comments and without what strings say.
struct SourceFile: Sendable {
  let path: String
  /// UTF-8, in which comments and strings are blank.
  private let lines: [ArraySlice<UInt8>]

  init(path: String, text: String) {
    self.path = path
    lines = SourceFile.code(of: Array(text.utf8))
      .split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  /// Every file of Sources, read once.
  static let all: [SourceFile] = PackageFolder.files(in: "Sources", endingIn: ".swift").map {
    SourceFile(path: $0, text: (try? PackageFolder.text($0)) ?? "")
  }

  /// Every file of what ships.
  static let shipped = all.filter { $0.target != "flowtime-bench" }

  /// The folder below Sources.
  var target: String {
    path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
  }

  /// Modules that the file imports, in any way.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      guard let place = words.firstIndex(of: "import"), place < 3 else { return nil }
      return words.dropFirst(place + 1).first
    }
  }

  /// Places of a word, as `path:line: text`.
  func places(of word: String) -> [String] {
    let word = Array(word.utf8)
    return places { line, place in
      line[place...].starts(with: word)
        && (place == line.startIndex || !SourceFile.isPartOfName(line[place - 1]))
        && !line[place...].dropFirst(word.count).prefix(1).contains(where: SourceFile.isPartOfName)
    }
  }

  /// Places where an exclamation mark follows a value, a type, `try` or `as`.
  var exclamations: [String] {
    places { line, place in
      guard line[place] == UInt8(ascii: "!"), place > line.startIndex else { return false }
      let before = line[place - 1]
      return (SourceFile.isPartOfName(before) || ")]}\"?>".utf8.contains(before))
        && line[place...].dropFirst().first != UInt8(ascii: "=")
    }
  }

  private func places(where isFound: (ArraySlice<UInt8>, Int) -> Bool) -> [String] {
    lines.enumerated().flatMap { number, line in
      line.indices.filter { isFound(line, $0) }.map { _ in
        "\(path):\(number + 1): \(String(decoding: line, as: UTF8.self))"
      }
    }
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte >= 0x80 || (byte >= 0x30 && byte <= 0x39)
      || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }

  /// Knows line comments, nested block comments, and strings of one and of several lines, raw or not. What an
  /// interpolation holds is blank as well.
  private static func code(of text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    func starts(_ prefix: String) -> Bool { text[place...].starts(with: prefix.utf8) }
    func blank(_ count: Int) {
      for byte in text[place..<min(place + count, text.count)] {
        result.append(byte == 0x0A ? byte : 0x20)
      }
      place = min(place + count, text.count)
    }
    while place < text.count {
      let hashCount = text[place...].prefix { $0 == UInt8(ascii: "#") }.count
      if starts("//") {
        blank(text[place...].prefix { $0 != 0x0A }.count)
      } else if starts("/*") {
        var depth = 0
        repeat {
          let isMark = starts("/*") || starts("*/")
          depth += starts("/*") ? 1 : starts("*/") ? -1 : 0
          blank(isMark ? 2 : 1)
        } while depth > 0 && place < text.count
      } else if text[place...].dropFirst(hashCount).first == UInt8(ascii: "\"") {
        let hashes = String(repeating: "#", count: hashCount)
        blank(hashCount)
        let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
        blank(quotes.utf8.count)
        let end = quotes + hashes
        while place < text.count, !starts(end) { blank(hashCount == 0 && starts("\\") ? 2 : 1) }
        blank(end.utf8.count)
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }
}
