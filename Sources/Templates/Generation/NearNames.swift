import FlowModel
import Source

/// Nodes that somebody may have meant who names a queue that no node has.
///
/// A node that the topology speaks of already is not looked for: `line_1_out` is no slip of `line_1_queue`. The slip is
/// in the only place that would name the node.
struct NearNames {
  private let topologyNodes: [DataNode]
  private let nodes: [DataNode]
  private let outputs: [DataNode]
  private let written: [ExactString]
  /// Names that nothing in the topology says; found when the first is asked for.
  private var candidates: [String]?
  /// Searches that may still be made; each costs as much as many nodes do.
  private var searchesLeft = 100

  init(_ draft: ModelDraft, _ names: NodeNames) {
    topologyNodes = draft.topologyNodes ?? []
    nodes = draft.nodes ?? []
    outputs = draft.outputs ?? []
    written = names.written
  }

  /// - Returns: nil where nothing is near.
  mutating func meant(by name: ExactString) -> String? {
    if name.text.utf8.elementsEqual("self".utf8, by: { $0 | 0x20 == $1 }) { return "self" }
    guard searchesLeft > 0 else { return nil }
    searchesLeft -= 1
    let candidates = candidates ?? unnamed
    self.candidates = candidates
    if let meant = Suggestion.only(name.text, among: candidates) { return meant }
    // `shelf` is a queue, as soon as something reads it.
    guard Suggestion.only(name.text, among: ["self"]) != nil, !isRead(name) else { return nil }
    return "self"
  }

  /// Whether an expression or an output speaks of the name.
  private func isRead(_ name: ExactString) -> Bool {
    outputs.contains { $0["series"]?.string.map { ExactString($0) == name } ?? false }
      || nodes.contains { node in
        (node["expr"]?.string ?? "").utf8.split { !Identifier.isPart($0) }.contains {
          $0.elementsEqual(name.text.utf8)
        }
      }
  }

  private var unnamed: [String] {
    var named: Set<ExactString> = []
    for node in topologyNodes {
      for entry in node["semantics"]?.entries ?? [] {
        guard let text = entry.value.string, let id = SeriesReference(text).node else { continue }
        named.insert(id)
      }
    }
    return written.filter { !named.contains($0) }.map(\.text)
  }
}
