import FlowModel
import JSON
import Operations
import Source
import Templates
import Testing
import YAML

@Test func `a model with more values than a template may have is proved and compared`()
  throws
{
  // 1.1 million values, of two that are written.
  let nodes = (0..<110).map { "  - {id: n\($0), kind: const, values: \"${a}\"}\n" }.joined()
  let made = try ProofCase(
    """
    metadata: {id: demo, title: Wide}
    parameters: [{name: a, type: array, default: [1, 2], fit: repeat}]
    grid: {bins: 10000, binSize: 1, binUnit: hours}
    outputs: [{series: n0, as: n0.csv}]
    nodes:

    """ + nodes)
  #expect(try made.proof().verdict == .reproduced)
  #expect(try CompareModels.run(models: made.model, made.model).isEqual)
}

@Test func `a template with more values than are read is refused, and the place is told`() throws {
  // The list is a value too.
  let zeros = String(repeating: "0,", count: ReadingLimits.templateValueCountMax)
  let template = TemplateDocument(
    SourceText("a: [\(zeros)]\nmetadata: {id: demo, title: Demo}\n"))
  let findings = template.render([:], for: .inspection).diagnostics
  #expect(findings.count { $0.code == .yamlLimit } == 1)
}

@Test(arguments: [2, 3, 4, 5, 6, 7])
func `what is read no further is told once, where it begins`(nodeCountMax: Int) throws {
  // Six values: the mapping, two lists and three numbers.
  let root = try #require(YAMLTree(parsing: SourceText("{a: [1, 2], b: [3]}")).documents.first)
  var reader = DataReader(meaning: CoreMeaning(), nodeCountMax: nodeCountMax)
  let data = reader.read(root)
  let starts = [2: 5, 3: 8, 4: 15, 5: 16]
  let found = reader.findings.sorted
  #expect(found.map(\.range.start) == starts[nodeCountMax].map { [$0] } ?? [])
  #expect(found.allSatisfy { $0.code == .yamlLimit && $0.severity == .error })
  #expect((ModelHash.of(data) == nil) == (nodeCountMax < 6))
}
