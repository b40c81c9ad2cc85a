import Expressions
import FlowModel
import Server
import Source
import YAML

private func yamlSays(_ text: String, _ change: (inout YAMLLimits) -> Void = { _ in }) -> String {
  var limits = YAMLLimits()
  change(&limits)
  return YAMLTree(parsing: SourceText(text), limits: limits).diagnostics.map(\.message)
    .joined(separator: "\n")
}

/// What the server says of a model with this expression.
private func saidOfExpression(_ text: String) -> String {
  saidOfModel(
    "grid: {bins: 1, binSize: 1, binUnit: hours}\nnodes: [{id: a, kind: expr, expr: \"\(text)\"}]\n"
  )
}

/// Bounds of one text, and of what is found in it.
let textEdges: [LimitEdge] = [
  LimitEdge("yamlTextLengthMax", at: 10, .passed, says: "textLengthMax (10)") { _, count in
    yamlSays("a: " + String(repeating: "x", count: count - 3)) { $0.textLengthMax = 10 }
  },
  LimitEdge("yamlDepthMax", says: "depthMax (256)") { _, count in
    saidOfModel(String(repeating: "[", count: count) + String(repeating: "]", count: count))
  },
  LimitEdge("yamlAliasNodeCountMax", says: "aliasNodeCountMax (1000000)") { _, count in
    // The mapping, its keys, 1,000 nodes under `a`, the list under `b`, and these 1,000 again for each alias.
    let items = Array(repeating: "1", count: 999).joined(separator: ", ")
    let aliasCount = 998
    let rest = count - (3 + 1_000 + 1 + aliasCount * 1_000)
    let others = Array(repeating: "1", count: rest) + Array(repeating: "*a", count: aliasCount)
    return yamlSays("a: &a [\(items)]\nb: [\(others.joined(separator: ", "))]\n")
  },
  LimitEdge("yamlDiagnosticCountMax", says: "yaml-limit") { _, count in
    saidOfModel(String(repeating: "- \"\\q\"\n", count: count))
  },
  LimitEdge("modelValueCountMax", at: 20, .passed, says: "yaml-limit") { _, count in
    valuesSay(count, limit: 20)
  },
  LimitEdge("templateValueCountMax", at: 20, .passed, says: "yaml-limit") { _, count in
    valuesSay(count, limit: 20)
  },
  LimitEdge("expressionTextLengthMax", says: "an expression has at most 262144 bytes") { _, count in
    saidOfExpression("a" + String(repeating: " ", count: count - 1))
  },
  LimitEdge("expressionTokenCountMax", says: "at most 65536 words and signs") { _, count in
    let text = String(repeating: "a+", count: count / 2) + (count % 2 == 1 ? "a" : "")
    return Expression(text).syntaxProblems.map(\.message).joined()
  },
  LimitEdge("expressionDepthMax", says: "at most 100 brackets deep") { _, count in
    saidOfExpression(
      String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count))
  },
]

/// What is said of a list with that many values, itself included.
private func valuesSay(_ count: Int, limit: Int) -> String {
  let items = Array(repeating: "1", count: count - 1).joined(separator: ",")
  guard let root = YAMLTree(parsing: SourceText("[\(items)]")).documents.first else { return "" }
  var reader = DataReader(meaning: CoreMeaning(), nodeCountMax: limit)
  _ = reader.read(root)
  return reader.findings.sorted.map(\.code.rawValue).joined()
}
