import FlowModel
import Source
import YAML

/// The core schema, with numbers as a double has them: `.nan`, `.inf` and any number of digits.
final class EngineMeaning: ScalarMeaning, Sendable {
  private let core = CoreMeaning()

  func value(of scalar: YAMLNode, at path: DataPath, findings: inout Findings) -> DataNode {
    if scalar.style == .plain, scalar.tag == nil {
      let text = scalar.string
      switch CoreScalar(plain: text) {
      case .float where text.utf8.first == UInt8(ascii: "-") && Double(text) == 0:
        // Zero has a sign in the files that are written.
        return DataNode(.number(.double(-0.0)), at: scalar.range)
      case .integer, .float:
        if (try? Number(coreSchema: text)) == nil {
          return DataNode(.number(.double(EngineMeaning.double(text))), at: scalar.range)
        }
      default: break
      }
    }
    return core.value(of: scalar, at: path, findings: &findings)
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
