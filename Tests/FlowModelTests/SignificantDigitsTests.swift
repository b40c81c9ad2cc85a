import FlowModel
import Foundation
import TestSupport
import Testing

private func printed(_ value: Double) -> String { String(format: "%.17g", value) }

@Test(arguments: [
  (20, "20"), (0.1, "0.10000000000000001"), (-2.5, "-2.5"), (0, "0"), (-0.0, "-0"),
  (1e16, "10000000000000000"), (1e17, "1e+17"), (123_456_789_012_345_680, "1.2345678901234568e+17"),
  (0.0001, "0.0001"), (0.00001, "1.0000000000000001e-05"), (1e100, "1e+100"),
  (0.9999999999999999, "0.99999999999999989"), (1e23, "9.9999999999999992e+22"),
  (.leastNonzeroMagnitude, "4.9406564584124654e-324"),
  (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
  // In the middle between two texts of 17 digits: to the even one.
  (562_949_953_421_312.125, "562949953421312.12"), (562_949_953_421_312.375, "562949953421312.38"),
])
func `a double has seventeen significant digits at most`(value: Double, text: String) {
  #expect(value.seventeenDigits == text)
  #expect(value.seventeenDigits == printed(value))
}

@Test func `random doubles are written as C writes them and read back the same`() {
  let seed: UInt64 = 17
  var random = SplitMix64(seed: seed)
  for round in 0..<5_000 {
    let bits = UInt64.random(in: .min ... .max, using: &random)
    let candidates = [
      Double(bitPattern: bits), Double.random(in: -1000...1000, using: &random),
      Double(Int64(truncatingIfNeeded: bits) >> Int64.random(in: 0..<64, using: &random)) / 8,
    ]
    for value in candidates where value.isFinite {
      #expect(value.seventeenDigits == printed(value), "seed \(seed), round \(round): \(value)")
      #expect(Double(value.seventeenDigits) == value, "seed \(seed), round \(round): \(value)")
    }
  }
}
