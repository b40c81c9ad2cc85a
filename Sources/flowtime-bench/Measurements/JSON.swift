import JSON

/// JSON both ways.
func jsonMeasurements(_ inputs: Inputs) -> [Measurement] {
  [("small", inputs.smallJSON), ("large", inputs.largeJSON)].flatMap { name, bytes in
    let value = (try? JSONDocument.parse(bytes).root) ?? .null
    return [
      Measurement("json parse, \(name)", size: bytes.count) {
        (try? JSONDocument.parse(bytes.span))?.root.arrayValue?.count ?? 0
      },
      Measurement("json write, \(name)", size: bytes.count) { value.serialized().count },
      Measurement("json canonical, \(name)", size: bytes.count) {
        (try? CanonicalJSON.bytes(of: value))?.count ?? 0
      },
    ]
  }
}
