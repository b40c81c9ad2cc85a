import JSON
import Testing

@Test func `every public document has its canonical form`() throws {
  for name in try ConformanceData.names(in: "jcs/input") {
    let input = try JSONDocument.parse(try ConformanceData.bytes("jcs/input/" + name)).root
    let output = try CanonicalJSON.bytes(of: input)
    #expect(output == (try ConformanceData.bytes("jcs/output/" + name)), "\(name)")

    let hexFile = "jcs/outhex/" + name.replacing(".json", with: ".txt")
    let hex = String(decoding: try ConformanceData.bytes(hexFile), as: UTF8.self)
    #expect(output == (try ConformanceData.unhex(hex.filter(\.isHexDigit))), "\(name)")

    // A canonical text is its own canonical form.
    #expect(try CanonicalJSON.bytes(of: try JSONDocument.parse(output).root) == output, "\(name)")
  }
}

@Test(arguments: [("jcs/es6-numbers-first1000.csv", 1_000), ("jcs/es6-numbers-random.csv", 2_159)])
func `every public number is spelled as ECMAScript spells it`(file: String, count: Int) throws {
  let lines = try ConformanceData.lines(file)
  for line in lines {
    let fields = line.split(separator: ",")
    let bits = try #require(UInt64(fields[0], radix: 16))
    let double = Double(bitPattern: bits)
    #expect(ECMAScriptNumber.spelling(of: double) == String(fields[1]), "\(line)")
    #expect(Double(fields[1]) == double, "\(line)")
  }
  if ConformanceData.isPresent { #expect(lines.count == count) }
}

@Test func `every number of the appendix is spelled as the RFC spells it`() throws {
  let rows = try ConformanceData.rows("jcs/rfc8785-appendix-b.tsv")
  for row in rows {
    let bits = try #require(UInt64(row[0], radix: 16))
    let expected = row[1] == "ERROR" ? nil : row[1]
    #expect(ECMAScriptNumber.spelling(of: Double(bitPattern: bits)) == expected, "\(row)")
  }
  if ConformanceData.isPresent { #expect(rows.count == 26) }
}
