import Source
import Testing
import YAML

private func written(
  lineBreak: String = "\n", indentation: Int = 0, _ body: (inout YAMLWriter) -> Void
) -> String {
  var writer = YAMLWriter(lineBreak: lineBreak, indentation: indentation)
  body(&writer)
  return String(decoding: writer.bytes, as: UTF8.self)
}

private func model(_ writer: inout YAMLWriter) {
  writer.beginMapping()
  writer.string("schemaVersion")
  writer.plain("1")
  writer.string("tags")
  writer.beginSequence(flow: true)
  writer.plain("1")
  writer.string("a, b")
  writer.beginMapping(flow: true)
  writer.string("k")
  writer.string("v")
  writer.endMapping()
  writer.endSequence()
  writer.comment("the nodes")
  writer.string("nodes")
  writer.beginSequence()
  writer.beginMapping()
  writer.string("id")
  writer.string("x")
  writer.string("kind")
  writer.string("yes")
  writer.endMapping()
  writer.beginSequence()
  writer.plain("1")
  writer.beginSequence()
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  writer.emptyLine()
  writer.string("empty")
  writer.beginMapping()
  writer.endMapping()
  writer.string("text")
  writer.scalar("a\n b\n", style: .literal)
  writer.string("last")
  writer.scalar("", style: .plain)
  writer.endMapping()
}

private let modelText = """
  schemaVersion: 1
  tags: [1, "a, b", {k: v}]
  # the nodes
  nodes:
    - id: x
      kind: "yes"
    - - 1
      - []

  empty: {}
  text: |
    a
     b
  last:

  """

@Test func `the canonical form has two spaces and one-line flow collections`() {
  #expect(written { model(&$0) } == modelText)
  #expect(written(lineBreak: "\r\n") { model(&$0) } == modelText.replacing("\n", with: "\r\n"))
  let indented = modelText.split(separator: "\n", omittingEmptySubsequences: false).map {
    $0.isEmpty ? $0 : "    " + $0
  }
  #expect(written(indentation: 4) { model(&$0) } == indented.joined(separator: "\n"))
}

@Test(arguments: [
  ("model", "model"), ("a b", "a b"), ("a:b", "a:b"), ("é", "é"), ("1.0.0", "1.0.0"), ("-a", "-a"),
  ("a#b", "a#b"), ("[", "\"[\""),
  ("", "\"\""), ("1", "\"1\""), ("1.5", "\"1.5\""), ("true", "\"true\""), ("Null", "\"Null\""),
  ("~", "\"~\""), ("yes", "\"yes\""), ("n", "\"n\""),
  ("12:30", "\"12:30\""), ("2001-01-01", "\"2001-01-01\""), ("0x1F", "\"0x1F\""),
  ("010", "\"010\""), ("1e3", "\"1e3\""), (".inf", "\".inf\""),
  ("<<", "\"<<\""), ("=", "\"=\""), ("- a", "\"- a\""), ("-", "\"-\""), ("---", "\"---\""),
  ("...", "\"...\""), ("? a", "\"? a\""), ("a: b", "\"a: b\""),
  ("a:", "\"a:\""), ("a #b", "\"a #b\""), ("#a", "\"#a\""), (" a", "\" a\""), ("a ", "\"a \""),
  ("*a", "\"*a\""), ("&a", "\"&a\""), ("!a", "\"!a\""),
  ("%a", "\"%a\""), ("@a", "\"@a\""), ("`a", "\"`a\""), ("'a", "\"'a\""), ("\"a", "\"\\\"a\""),
  ("|", "\"|\""), (">", "\">\""), ("{a", "\"{a\""),
  ("a\nb", "\"a\\nb\""), ("a\tb", "\"a\\tb\""), ("\u{1}", "\"\\u0001\""), ("\u{7F}", "\"\\u007F\""),
  ("\u{85}", "\"\\u0085\""), ("\u{2028}", "\"\\u2028\""),
  ("\u{FEFF}", "\"\\uFEFF\""), ("a\\b", "a\\b"), ("\u{FFFE}", "\"\\uFFFE\""), ("😀", "😀"),
])
func `a string is quoted where any reader would retype it`(text: String, expected: String) throws {
  #expect(written { $0.string(text) } == expected + "\n")
  for place in ["root", "key", "value", "item", "flow"] {
    let output = written { writer in
      switch place {
      case "root": writer.string(text)
      case "key", "value":
        writer.beginMapping()
        writer.string(place == "key" ? text : "k")
        writer.string(place == "key" ? "v" : text)
        writer.endMapping()
      default:
        writer.beginSequence(flow: place == "flow")
        writer.string(text)
        writer.string(text)
        writer.endSequence()
      }
    }
    let tree = YAMLTree(parsing: SourceText(output))
    #expect(tree.diagnostics.isEmpty, "\(output)")
    let root = try #require(tree.documents.first)
    let node =
      root.items.first ?? (place == "key" ? root.entries.first?.key : root.entries.first?.value)
      ?? root
    #expect(Array(node.string.utf8) == Array(text.utf8), "\(output)")
    let isString = node.style != .plain || CoreScalar(plain: node.string) == .string
    #expect(isString, "\(output)")
  }
}

/// Every scalar of up to three of these, in every style and place, must come back as it was.
@Test func `a scalar reads back the same in every style it is given`() throws {
  let parts = ["a", " ", "\n", ":", "#", "-", "'", "\"", "\t", ",", "]", "\\", "?", "é"]
  var texts = [""] + parts
  for first in parts {
    for second in parts {
      texts.append(first + second)
      for third in parts { texts.append(first + second + third) }
    }
  }
  let styles: [ScalarStyle] = [.plain, .singleQuoted, .doubleQuoted, .literal, .folded]
  for text in texts {
    for style in styles {
      for place in 0..<5 {
        var writer = YAMLWriter()
        switch place {
        case 0: writer.scalar(text, style: style)
        case 1, 2:
          writer.beginMapping()
          if place == 2 { writer.string("k") }
          writer.scalar(text, style: style)
          if place == 1 { writer.string("v") }
          writer.endMapping()
        default:
          writer.beginSequence(flow: place == 4)
          writer.scalar(text, style: style, anchor: "a")
          writer.string("z")
          writer.endSequence()
        }
        let tree = YAMLTree(parsing: SourceText(writer.bytes))
        let output = String(decoding: writer.bytes, as: UTF8.self)
        let root = tree.documents.first
        let node =
          root?.items.first ?? (place == 1 ? root?.entries.first?.key : root?.entries.first?.value)
          ?? root
        // A stream without any token has no document; an empty plain scalar is nothing.
        if place == 0, text.isEmpty, style == .plain { continue }
        if !tree.diagnostics.isEmpty || node?.string != text {
          Issue.record(
            "\(text.debugDescription) \(style) place \(place): \(output.debugDescription) \(tree.diagnostics.map(\.message))"
          )
        }
      }
    }
  }
}
