import Expressions
import TestSupport
import Testing

private func section(_ heading: String) throws -> Substring {
  let text = try PackageFolder.text("docs/reference/expressions.md")
  return try #require(text.split(separator: "\n## ").first { $0.hasPrefix(heading + "\n") })
}

@Test func `the page has every function, with its arguments and its meaning`() throws {
  let rows = try section("Functions").split(separator: "\n").filter { $0.contains("(") }
    .prefix { $0.hasPrefix("|") }
  #expect(
    rows.map(String.init)
      == ExpressionFunction.allCases.map { "| `\($0.signature)` | \($0.meaning) |" })
}

@Test func `the page has every argument that must be written out`() throws {
  let table = try section("Functions")
  for function in ExpressionFunction.allCases {
    for parameter in function.parameters {
      switch parameter.form {
      case .expression: continue
      case .wholeNumber(let least):
        #expect(
          table.contains(
            "| `\(parameter.name)` of `\(function.name)` | a whole number from \(least), written out |"
          ))
      case .list: #expect(table.contains("| `\(parameter.name)` of `\(function.name)` | a list"))
      }
    }
  }
}

@Test func `the page has every function that there is not, and the limits`() throws {
  let absent = try section("What there is not")
  for function in AbsentFunction.all where function.name != "CEILING" {
    #expect(absent.contains("`\(function.name)("), "\(function.name)")
  }
  let grammar = try section("Grammar")
  for limit in [
    ExpressionLimits.textLengthMax, ExpressionLimits.tokenCountMax, ExpressionLimits.depthMax,
  ] {
    #expect(grammar.contains(String(limit)), "\(limit)")
  }
}
