import Source

/// The values of one rendering, by the place of their parameter among the definitions.
///
/// What a value looks like inside a text is worked out once, however often it is referred to.
package struct BoundValues: Sendable {
  private let values: [ParameterValue?]
  private let texts: [String]
  private let terms: [String]
  /// Parameters that may go without a value, and do: no reference to them has a meaning.
  let absent: [Int]

  /// - Parameter uses: which parameters stand inside texts and expressions.
  init(_ binding: ParameterBinding, _ uses: ParameterUses) {
    values = binding.values
    absent = binding.absent
    let count = binding.values.count
    func spelled(_ places: Set<Int>, _ spelling: (ParameterValue) -> String) -> [String] {
      var result = Array(repeating: "", count: places.isEmpty ? 0 : count)
      for place in places where result.indices.contains(place) {
        guard let value = binding.values[place] else { continue }
        // No room is left for a list that is longer: ``HoleFilling`` refuses it.
        if case .array(let numbers) = value, numbers.count > RenderingLimits.valueCountMax {
          continue
        }
        result[place] = spelling(value)
      }
      return result
    }
    texts = spelled(uses.texts) { if case .array = $0 { "" } else { $0.text } }
    terms = spelled(uses.expressions, \.expressionText)
  }

  /// nil where the parameter has no value.
  subscript(index: Int) -> ParameterValue? {
    values.indices.contains(index) ? values[index] : nil
  }

  /// The value inside a longer text.
  func text(_ index: Int) -> String { texts.indices.contains(index) ? texts[index] : "" }

  /// The value inside an expression.
  func term(_ index: Int) -> String { terms.indices.contains(index) ? terms[index] : "" }
}

/// Where a template's references stand, by the place of their parameter among the definitions.
struct ParameterUses: Sendable {
  /// Referred to at all, be it in a key, where no reference has a meaning.
  var all: Set<Int> = []
  /// Inside longer texts.
  var texts: Set<Int> = []
  /// In expressions.
  var expressions: Set<Int> = []
}
