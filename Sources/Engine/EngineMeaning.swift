import FlowModel
import Source
import YAML

/// The core schema, with numbers as a double has them: `.nan`, `.inf` and any number of digits.
final class EngineMeaning: ScalarMeaning, Sendable {
  private let core = CoreMeaning()

  func value(of scalar: YAMLNode, at path: DataPath, findings: inout Findings) -> DataNode {
    // Most of a model is this, or a number with a point.
    if let value = scalar.shortInteger {
      return DataNode(.number(.integer(value)), at: scalar.range)
    }
    let text = scalar.string
    if scalar.style == .plain, scalar.tag == nil {
      switch CoreScalar(plain: text) {
      case .float where text.utf8.first == UInt8(ascii: "-") && Double(text) == 0:
        // Zero has a sign in the files that are written.
        return DataNode(.number(.double(-0.0)), at: scalar.range)
      case .integer, .float:
        let number = (try? Number(coreSchema: text)) ?? .double(EngineMeaning.double(text))
        return DataNode(.number(number), at: scalar.range)
      default: break
      }
    }
    return core.value(of: scalar, text: text, at: path, findings: &findings)
  }

  private static func double(_ text: String) -> Double {
    switch text.lowercased() {
    case ".nan": .nan
    case ".inf", "+.inf": .infinity
    case "-.inf": -.infinity
    default: Double(text) ?? .nan
    }
  }
}
