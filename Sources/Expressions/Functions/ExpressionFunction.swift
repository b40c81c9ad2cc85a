/// The functions there are. Source: docs/reference/expressions.md, "Functions".
package enum ExpressionFunction: UInt8, CaseIterable, Hashable, Sendable {
  case shift, conv, min, max, clamp, mod, floor, ceil, round, step, pulse

  /// What an argument may be.
  package enum Form: Hashable, Sendable {
    case expression
    /// A whole number, written out, not below the bound.
    case wholeNumber(from: Int)
    /// A list of numbers.
    case list
  }

  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let form: Form
    package let isOptional: Bool

    init(_ name: String, _ form: Form = .expression, isOptional: Bool = false) {
      self.name = name
      self.form = form
      self.isOptional = isOptional
    }
  }

  /// One row of the table of functions.
  private struct Row {
    let name: String
    let parameters: [Parameter]
    let meaning: String
  }

  private var row: Row { Self.rows[Int(rawValue)] }

  /// In the order of the cases.
  private static let rows: [Row] = [
    Row(
      name: "SHIFT", parameters: [Parameter("x"), Parameter("lag", .wholeNumber(from: 0))],
      meaning: "the value of `x` `lag` bins earlier; 0 before the first bin"),
    Row(
      name: "CONV", parameters: [Parameter("x"), Parameter("list", .list)],
      meaning:
        "the first number of `list` times `x` now, plus the second times `x` one bin earlier, and so on; bins before the first count as 0"
    ),
    Row(
      name: "MIN", parameters: [Parameter("a"), Parameter("b")], meaning: "the smaller of the two"),
    Row(
      name: "MAX", parameters: [Parameter("a"), Parameter("b")], meaning: "the larger of the two"),
    Row(
      name: "CLAMP", parameters: [Parameter("x"), Parameter("low"), Parameter("high")],
      meaning: "`x`, but at least `low` and at most `high`; `low` must not be above `high`"),
    Row(
      name: "MOD", parameters: [Parameter("x"), Parameter("d")],
      meaning:
        "the remainder of `x / d`; 0 where `d` is 0. Keep both positive: Engines differ in the sign otherwise"
    ),
    Row(name: "FLOOR", parameters: [Parameter("x")], meaning: "the next whole number down"),
    Row(name: "CEIL", parameters: [Parameter("x")], meaning: "the next whole number up"),
    Row(
      name: "ROUND", parameters: [Parameter("x")],
      meaning: "the nearest whole number; halves go away from zero"),
    Row(
      name: "STEP", parameters: [Parameter("x"), Parameter("threshold")],
      meaning: "1 where `x >= threshold`, else 0"),
    Row(
      name: "PULSE",
      parameters: [
        Parameter("period", .wholeNumber(from: 1)),
        Parameter("phase", .wholeNumber(from: 0), isOptional: true),
        Parameter("size", isOptional: true),
      ],
      meaning:
        "`size` (1 if left out) in the bins `phase`, `phase + period`, and so on, else 0; `phase` is 0 if left out"
    ),
  ]

  /// In upper case, as it is usually written.
  package var name: String { row.name }
  package var parameters: [Parameter] { row.parameters }
  /// What it gives in a bin: a line for the manual, with names of parameters in backticks.
  package var meaning: String { row.meaning }

  /// How many arguments it takes.
  package var argumentCounts: ClosedRange<Int> {
    let all = parameters
    return all.count { !$0.isOptional }...all.count
  }

  /// `PULSE(period, phase?, size?)`.
  package var signature: String {
    "\(name)(\(parameters.map { $0.name + ($0.isOptional ? "?" : "") }.joined(separator: ", ")))"
  }

  /// The function of a name, in any case.
  package init?(named name: some Collection<UInt8>) {
    let wanted = Self.packed(name)
    guard wanted != 0, let place = Self.packedNames.firstIndex(of: wanted) else { return nil }
    self = Self.allCases[place]
  }

  /// A name of up to eight letters as one number, so that none is made into a string; 0 for a longer one.
  private static func packed(_ name: some Collection<UInt8>) -> UInt64 {
    guard name.count <= 8 else { return 0 }
    var word: UInt64 = 0
    for byte in name { word = word << 8 | UInt64(byte | 0x20) }
    return word
  }

  private static let packedNames = allCases.map { packed($0.name.utf8) }
}
