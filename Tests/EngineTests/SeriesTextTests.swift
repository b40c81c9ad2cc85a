import Foundation
import Testing

@testable import Engine

/// Doubles of which the digits are hard to find: of every exponent beside powers of two, where the neighbours are not
/// equally far, halfway between two decimals, and with few digits.
private let hardNumbers: [Double] = {
  var generator = SplitMix(state: 42)
  var numbers: [Double] = []
  for power in -45...60 {
    let base = Double(sign: .plus, exponent: power, significand: 1)
    numbers += [base, base.nextUp, base.nextDown]
    for _ in 0..<40 {
      let bits = base.bitPattern | generator.next() >> 12
      let ends = bits & ~((1 << (generator.next() % 52)) - 1)
      numbers += [Double(bitPattern: bits), -Double(bitPattern: ends)]
    }
  }
  for _ in 0..<2000 {
    numbers.append(Double(generator.next() % 100_000_000) / 1000)
    numbers.append(Double(generator.next() % 1_000_000_000) / 1e7)
    // A quarter and three quarters stand between tenths.
    numbers.append(Double(1 << 50 + generator.next() >> 14) + 0.25)
  }
  return numbers
}()

private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}

@Test func `hard numbers have the digits of their description, and read back`() throws {
  let text = String(decoding: SeriesText.csv(hardNumbers[...]), as: UTF8.self)
  let lines = text.split(separator: "\n").dropFirst()
  #expect(lines.count == hardNumbers.count)
  for (bin, (line, number)) in zip(lines, hardNumbers).enumerated() {
    let value = line.dropFirst("\(bin),".count)
    // Decimal writes no exponents.
    let digits = try #require(Decimal(string: number.description)).description
    if line != "\(bin),\(digits)" || Double(value) != number {
      Issue.record("\(number) as \(line), not \(digits)")
    }
  }
}

@Test func `numbers of every size take turns, and the same number comes again`() {
  let numbers: [Double] = [
    0.1, 0.1, .leastNonzeroMagnitude, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .nan, .nan,
    3, 3, -0.0, 0, .infinity, -.infinity, 1.5,
    .greatestFiniteMagnitude, 0x1p53, 0x1p53 - 1, 0x1p-37, 0x1p-38,
  ]
  let text = String(decoding: SeriesText.csv(numbers[...]), as: UTF8.self)
  let lines = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
  let one = numbers.map { number in
    String(decoding: SeriesText.csv([number][...]), as: UTF8.self)
      .split(separator: "\n")[1].dropFirst(2)
  }
  #expect(lines == one)
  #expect(lines[2] == "0." + String(repeating: "0", count: 323) + "5")
  #expect(lines[14].hasPrefix("17976931348623157000000") && lines[14].utf8.count == 309)
  #expect(Array(lines[5...13]) == ["NaN", "NaN", "3", "3", "-0", "0", "inf", "-inf", "1.5"])
  #expect(SeriesText.csv([]) == Array("bin_index,value\n".utf8))
}
