/// About how much a run is, judged by its model's text without reading it.
struct ModelScale {
  /// Bytes of the text, and one for each node and bin: that many numbers take no longer than such a text.
  let length: Int

  /// - Parameter binCountMax: what stands for the number of bins where none is found; more of them are refused.
  ///
  /// Complexity: O(length of the text).
  init(_ text: String, binCountMax: Int) {
    let bytes = Array(text.utf8)
    var idCount = 0
    var bins: Int?
    for place in bytes.indices where bytes[place] == UInt8(ascii: ":") {
      var key = bytes[..<place]
      if let last = key.last, [0x22, 0x27].contains(last) { key.removeLast() }
      if key.suffix(2).elementsEqual("id".utf8) {
        idCount += 1
      } else if bins == nil, key.suffix(4).elementsEqual("bins".utf8) {
        bins = Self.number(bytes[(place + 1)...])
      }
    }
    let binCount = min(bins ?? binCountMax, binCountMax)
    let values = idCount.multipliedReportingOverflow(by: binCount)
    let sum = bytes.count.addingReportingOverflow(values.partialValue)
    length = values.overflow || sum.overflow ? .max : sum.partialValue
  }

  /// The decimal number behind blanks; nil where there is none, or one that is too long to be one of bins.
  private static func number(_ text: ArraySlice<UInt8>) -> Int? {
    let digits = text.drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
    return digits.count > 9 ? nil : Int(String(decoding: digits, as: UTF8.self))
  }
}
