import Source
import Testing

@Test(arguments: [
  ("", [0]), ("a", [0]), ("a\n", [0, 2]), ("a\r\nb", [0, 3]), ("a\rb", [0, 2]),
  ("\n\r\r\n", [0, 1, 2, 4]),
])
func `a line ends with LF, CR LF or a lone CR`(text: String, starts: [Int]) {
  let table = LineTable(SourceText(text))
  #expect(table.starts == starts)
  for offset in 0...text.utf8.count {
    let line = table.line(at: offset)
    #expect(starts[line] <= offset)
    #expect(line + 1 == starts.count || offset < starts[line + 1])
  }
  #expect(table.range(ofLine: starts.count) == nil)
  #expect(table.range(ofLine: -1) == nil)
}
