import Source
import YAML

/// Bytes to tree.
func yamlMeasurements(_ inputs: Inputs) -> [Measurement] {
  let texts =
    [("small template", inputs.small.text)]
    + inputs.bundled.map { ($0.id, $0.text) } + [("large model", inputs.largeModel)]
  return texts.map { name, text in
    Measurement("yaml parse, \(name)", size: text.count) {
      YAMLTree(parsing: text).documents.count
    }
  }
}
