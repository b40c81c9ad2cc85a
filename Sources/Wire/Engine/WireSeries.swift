package import JSON

/// The values of a series, one for each bin.
package struct WireSeries: WireResult {
  package var values: [Double]

  package init(_ values: some Sequence<Double>) {
    self.values = Array(values)
  }

  /// What JSON has no number for is the text that series files have for it.
  package var json: JSONValue {
    .array(
      values.map { value in
        JSONNumber(value).map(JSONValue.number)
          ?? .string(value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf")
      })
  }
}
