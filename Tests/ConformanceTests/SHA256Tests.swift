import FlowModel
import Testing

@Test(arguments: [("sha256/nist-short.tsv", 49), ("sha256/nist-long.tsv", 12)])
func `every NIST message has its digest`(file: String, count: Int) throws {
  let rows = try ConformanceData.rows(file)
  for row in rows {
    let message = try ConformanceData.unhex(row[1])
    #expect(message.count * 8 == Int(row[0]))
    #expect(SHA256.hex(of: message) == row[2])
    for cut in 0...min(message.count, 130) {
      var hash = SHA256()
      hash.update(Array(message[..<cut]))
      hash.update(Array(message[cut...]))
      #expect(hash.finalizeHex() == row[2], "\(message.count) bytes, cut at \(cut)")
    }
  }
  if ConformanceData.isPresent { #expect(rows.count == count) }
}

@Test func `every repeated message has its digest`() throws {
  let rows = try ConformanceData.rows("sha256/repeat.tsv")
  for row in rows {
    let unit = Array(row[1].utf8)
    let count = try #require(Int(row[2]))
    #expect(SHA256.hex(of: Array(repeatElement(unit, count: count).joined())) == row[3], "\(row)")

    var hash = SHA256()
    for _ in 0..<count { hash.update(unit) }
    #expect(hash.finalizeHex() == row[3], "\(row)")
  }
  if ConformanceData.isPresent { #expect(rows.count == 22) }
}
