import Source
import Testing

@Test(arguments: [
  ("binz", ["bins", "rate"], ["bins"]),
  ("BINS", ["bins"], ["bins"]),
  ("bisn", ["bins", "bin"], ["bin", "bins"]),
  ("abcdef", ["fedcba"], []),
  ("ab", ["abc"], ["abc"]),
  ("ab", ["ba"], []),
  ("loadBalancerCapacty", ["loadBalancerCapacity", "loadCapacity"], ["loadBalancerCapacity"]),
  ("aaaaaaaaa", ["aaaaaabbb", "aaaaabbbb", "aaaaaaaab"], ["aaaaaaaab", "aaaaaabbb"]),
  ("", ["a"], []),
])
func `near names are proposed, nearest first`(name: String, among: [String], near: [String]) {
  #expect(Suggestion.near(name, among: among) == near)
}

@Test func `two names that are equally near are no answer`() {
  #expect(Suggestion.only("binsa", among: ["binsb", "binsc"]) == nil)
  #expect(Suggestion.only("binsa", among: ["binsb", "other"]) == "binsb")
  #expect(Suggestion.only("node", among: ["mode", "nodes"]) == "nodes")
}

@Test func `how far away a near name may be can be more for short names`() {
  #expect(Suggestion.near("tp", among: ["to", "as"]) == [])
  #expect(Suggestion.near("tp", among: ["to", "as"], distanceMin: 1) == ["to"])
  #expect(Suggestion.near("capacty", among: ["capacity"], distanceMin: 1) == ["capacity"])
}

@Test(arguments: [-1, 0, 1])
func `only so many names are looked at`(beyond: Int) {
  let others = (0..<(999 + beyond)).map { "x\($0)" }
  #expect(
    Suggestion.only("capacity", among: others + ["capacitz"]) == (beyond > 0 ? nil : "capacitz"))
}
