import FlowModel
import Testing

@Test(arguments: [
  ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ("demo:{}", "381896c8"), ("demo:{\"rate\":1.5}", "218ad3e0"),
])
func `a message has its digest`(message: String, digest: String) {
  #expect(SHA256.hex(of: Array(message.utf8)).hasPrefix(digest))
}

@Test func `a message has one digest however it is cut`() {
  let message = (0..<200).map { UInt8($0) }
  let expected = SHA256.hex(of: message)
  for first in 0...message.count {
    for second in stride(from: first, through: message.count, by: 13) {
      var hash = SHA256()
      hash.update(message.span.extracting(0..<first))
      hash.update(message.span.extracting(first..<second))
      hash.update(message.span.extracting(second..<message.count))
      #expect(hash.finalizeHex() == expected, "cut at \(first) and \(second)")
    }
  }
}

@Test func `a finished hash begins anew`() {
  var hash = SHA256()
  hash.update([1, 2, 3])
  let first = hash.finalize()
  hash.update([1, 2, 3])
  #expect(hash.finalize() == first)
  #expect(first.count == 32)
}
