import FlowModel
import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing

/// The template and what of it a parameter touches.
private func touched(
  _ id: String, _ parameter: String, _ values: JSONObject, in snapshot: Snapshot
) throws -> ExplainModel.Result {
  try ExplainModel.run(.id(id), parameters: values, mode: nil, in: snapshot) { _ in
    .parameter(parameter)
  }
}

/// A model's nodes that are scalars or lists of scalars, by path.
private func values(_ node: DataNode, at path: DataPath, into found: inout [DataPath: DataNode]) {
  switch node.content {
  case .mapping(let entries):
    for entry in entries { values(entry.value, at: path + entry.key, into: &found) }
  case .sequence(let items) where items.contains { !$0.entries.isEmpty }:
    for (index, item) in items.enumerated() { values(item, at: path + index, into: &found) }
  default: found[path] = node
  }
}

private func values(_ model: SourceText) throws -> [DataPath: JSONValue?] {
  var found: [DataPath: DataNode] = [:]
  values(try #require(ModelReading(model).data), at: DataPath(), into: &found)
  return found.mapValues(\.json)
}

/// A node stands for the list that it is an item of.
private func whole(_ path: DataPath, among known: Set<DataPath>) -> DataPath {
  var path = path
  while !known.contains(path), !path.steps.isEmpty { path.steps.removeLast() }
  return path
}

@Test
func
  `a value that differs between two parameter sets is explained by the parameter that differs, and no other is`()
  throws
{
  let snapshot = try Bundle.snapshot()
  for entry in snapshot.catalog.entries {
    for definition in entry.document.definitions {
      let name = definition.name.text
      let samples = ParameterSamples(definition: definition)
      var random = SplitMix64(seed: 4)
      var sets = samples.corners
      // Large grids take long in a debug build, and show no more than small ones.
      if name == "bins" {
        sets = [12, 24, 7].map { .number(JSONNumber($0)) }
      } else {
        for _ in 0..<3 { sets.append(try #require(samples.sample(&random))) }
      }
      var named: Set<DataPath> = []
      var differing: Set<DataPath> = []
      var previous: [DataPath: JSONValue?]?
      for set in sets {
        let result = try touched(
          entry.id.text, name, JSONObject([JSONMember(name, set)]), in: snapshot)
        let current = try values(result.model)
        let known = Set(current.keys)
        let nodes = Set(result.nodes.map { whole($0.path, among: known) })
        named.formUnion(nodes)
        if let previous {
          for path in known.union(previous.keys) where current[path] != previous[path] {
            differing.insert(path)
          }
        }
        previous = current
      }
      #expect(differing.subtracting(named) == [], "\(entry.id): \(name) is not said to touch these")
      #expect(named.subtracting(differing) == [], "\(entry.id): \(name) never touched these")
    }
  }
}

@Test func `a line of a model leads to the line of the template that says it`() throws {
  let snapshot = try Bundle.snapshot()
  for entry in snapshot.catalog.entries {
    let text = entry.document.text
    let result = try ExplainModel.run(
      .id(entry.id.text), parameters: [:], mode: nil, in: snapshot
    ) { _ in .everything }
    let lines = result.model.string.split(separator: "\n").enumerated()
    for (line, content) in lines where line % 9 == 0 {
      let found = try ExplainModel.run(
        .id(entry.id.text), parameters: [:], mode: nil, in: snapshot
      ) { _ in .line(line) }
      #expect(!found.nodes.isEmpty, "\(entry.id): \(content)")
      for node in found.nodes where node.causes.isEmpty && !node.origin.isEmpty {
        #expect(node.origin.end <= text.count)
      }
    }
  }
}
