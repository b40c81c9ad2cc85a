import FlowModel
import Source
import Testing

@Test(
  arguments: [
    ([.key("nodes"), .index(2), .key("pmf")], "nodes[2].pmf"),
    ([.key("a b"), .key("c")], "['a b'].c"),
    ([.key("")], "['']"),
    ([.key(ExactString(String(repeating: "k", count: 60)))], String(repeating: "k", count: 60)),
    (
      [.key(ExactString(String(repeating: "k", count: 1_000_000)))],
      "['" + String(repeating: "k", count: 60) + "…']"
    ),
  ] as [([DataPath.Step], String)])
func `a path is readable and never long because of one key`(steps: [DataPath.Step], text: String) {
  #expect(DataPath(steps).description == text)
}
