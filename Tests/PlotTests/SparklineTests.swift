import Plot
import Testing

private let nan = Double.nan
private let inf = Double.infinity
private let tiny = Double.leastNonzeroMagnitude
private let large = Double.greatestFiniteMagnitude

@Test(
  arguments: [
    ([0, 1, 2, 3, 4, 5, 6, 7], 8, "▁▂▃▄▅▆▇█", ".:-=+*#@"),
    ([0, 1, 2, 3, 4, 5, 6, 7], 4, "▁▃▆█", ".-*@"),
    ([1, 2], 40, "▁█", ".@"), ([1, 2], 1, "▅", "+"), ([1, 2], 0, "", ""), ([1, 2], -1, "", ""),
    ([], 9, "", ""), ([0, 0], 9, "▁▁", ".."), ([5, 5], 9, "▅▅", "++"), ([-0.0], 9, "▁", "."),
    ([nan, 1, inf, 3, -inf], 9, " ▁ █ ", " . @ "), ([nan, 1, 3, nan, nan, nan], 3, "▁█ ", ".@ "),
    ([nan, inf], 2, "  ", "  "),
    ([large, -large, 0], 3, "█▁▅", "@.+"), ([large, large, -large, -large], 2, "█▁", "@."),
    ([large, large, large], 1, "▅", "+"),
    ([tiny, 0, 2 * tiny], 3, "▅▁█", "+.@"),
    ([1e300, 1, 2], 3, "█▁▁", "@.."),
  ] as [([Double], Int, String, String)])
func `a series becomes a line`(values: [Double], width: Int, blocks: String, ascii: String) {
  #expect(Sparkline.text(values, width: width) == blocks)
  #expect(Sparkline.text(values, width: width, characters: .ascii) == ascii)
}

@Test(
  arguments: [
    (0, 8, "▂▅█"), (4, 4, "▅▅▅"), (2, 4, "▁█▁"), (-inf, inf, "▁▁▁"), (nan, nan, "▅▅▅"),
  ] as [(Double, Double, String)])
func `the ends of a line may be told`(low: Double, high: Double, expected: String) {
  let values = low == 2 ? [1, 9, 2] : [1, 4, 9.0]
  #expect(Sparkline.text(values, width: 3, range: FiniteRange(low, high)) == expected)
}

@Test func `every width shows every value once`() {
  for count in 1...40 {
    for width in 1...45 {
      let text = Sparkline.text((0..<count).map(Double.init), width: width)
      #expect(text.count == min(count, width))
      #expect(Array(text.unicodeScalars) == text.unicodeScalars.sorted())
    }
  }
}

@Test(
  arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1 + 0.2, "0.3"), (12.3456, "12.35"),
    (123_456, "123456"), (123_456.7, "123457"), (99_999.96, "100000"), (999_999.5, "1e6"),
    (1_234_567, "1.235e6"), (1e22, "1e22"), (-1e308, "-1e308"), (tiny, "5e-324"),
    (0.0001, "0.0001"), (0.000_123_45, "0.0001235"), (0.000_09, "9e-5"), (100, "100"),
    (9.9999, "10"), (0.99999, "1"), (1999.6, "2000"), (nan, "no number"), (inf, "infinite"),
  ] as [(Double, String)])
func `a number is short and plain`(value: Double, expected: String) {
  #expect(ShortNumber.text(value) == expected)
}
