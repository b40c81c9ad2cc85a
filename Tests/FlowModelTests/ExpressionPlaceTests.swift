import FlowModel
import Source
import TestSupport
import Testing
import YAML

/// A scalar under `expr`, with marks around what gives the marked run of its content.
private struct Place: Sendable, CustomTestStringConvertible {
  let scalar: String
  /// The text of the value, with marks.
  let content: String

  init(_ scalar: String, _ content: String) {
    self.scalar = scalar
    self.content = content
  }

  var testDescription: String { scalar }

  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let marked = MarkedText("nodes:\n  - expr: \(scalar)\nend: 1\n")
    let wanted = MarkedText(content)
    let root = try #require(YAMLTree(parsing: marked.text).documents.first)
    var reader = DataReader(meaning: CoreMeaning())
    let value = try #require(reader.read(root)["nodes"]?.items.first?["expr"])
    #expect(
      ExactString(value.string ?? "?") == ExactString(wanted.text.string),
      sourceLocation: sourceLocation)
    #expect(
      wanted.ranges.map { MarkedText.excerpt(of: marked.text, value.place(of: $0)) }
        == marked.ranges.map { MarkedText.excerpt(of: marked.text, $0) },
      sourceLocation: sourceLocation)
  }
}

private let places: [Place] = [
  Place("a + «b»", "a + «b»"), Place("«a» + b # c", "«a» + b"), Place("'a + «b»'", "a + «b»"),
  Place("\"«a» + b\"", "«a» + b"), Place("'a «''»b'", "a «'»b"), Place("'a '' «b»'", "a ' «b»"),
  Place("\"a «\\x2B» «b»\"", "a «+» «b»"), Place("\"\\u00e9\\t«b»\"", "é\t«b»"),
  Place("\"\\ud83d\\ude00 «b»\"", "😀 «b»"),
  Place("|\n      a\n        + «b»\n", "a\n  + «b»\n"),
  Place("|2\n        a\n      + «b»", "  a\n+ «b»\n"),
  Place("|+\n      a +\n\n      «b»\n\n", "a +\n\n«b»\n\n\n"),
  Place(">\n      a\n      + «b»\n", "a + «b»\n"), Place(">-\n      a\n\n      + «b»", "a\n+ «b»"),
  Place("a\n      + «b»", "a + «b»"), Place("a  \n\n      + «b»", "a\n+ «b»"),
  Place("'a\n      + «b»'", "a + «b»"), Place("\"a \\\n      «b»\"", "a «b»"),
  Place("\"a\\n\n      \\ «b»\"", "a\n  «b»"),
  Place("|\r\n      a\r\n      + «b»\r\n", "a\n+ «b»\n"),
  Place("\"«a\\\n      b»\"", "«ab»"),
]

@Test(arguments: places)
private func `a run of a value's text has its place in the document`(place: Place) throws {
  try place.check()
}

@Test func `only expressions that are not their own text carry pieces`() throws {
  let text = SourceText("nodes:\n  - id: 'a'\n    expr: a + b\n  - id: \"b\"\n    expr: 'a'\n")
  let root = try #require(YAMLTree(parsing: text).documents.first)
  var reader = DataReader(meaning: CoreMeaning())
  let items = try #require(reader.read(root)["nodes"]).items
  #expect(items.map { $0["id"]?.pieces == nil } == [true, true])
  #expect(items.map { $0["expr"]?.pieces == nil } == [true, false])
}
