import Source

/// One item of `traffic.arrivals` as rules look at it.
struct Arrival {
  let value: DataNode
  let path: DataPath

  static func all(_ model: ModelView) -> [Arrival] {
    model.arrivals.map { Arrival(value: $0.value, path: "traffic" + "arrivals" + $0.index) }
  }

  /// Where to say that a key is missing: the name of its node, else its first key.
  var placeOfMissing: ByteRange {
    value["nodeId"].flatMap { $0.isBlank ? nil : $0.range } ?? value.entries.first?.keyRange
      ?? value.range
  }

  /// What its pattern may be.
  static let patterns = ["constant", "poisson"]

  /// The pattern's kind if it is one that exists.
  var kind: String? {
    value["pattern"]?["kind"]?.string.flatMap { kind in
      Arrival.patterns.first { ExactString($0) == ExactString(kind) }
    }
  }
}
