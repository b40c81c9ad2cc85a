import FlowModel
import JSON
import Source
import Templates
import TestSupport

/// Values that a parameter may take: both bounds, the middle, and seeded samples between.
struct ParameterSamples {
  let definition: ParameterDefinition

  /// The bounds and the middle; every value of a list of allowed ones.
  var corners: [JSONValue] {
    if let allowed = definition.allowed { return allowed.map(\.json) }
    switch definition.type {
    case .boolean: return [.bool(true), .bool(false)]
    case .integer, .number: return [low, high, (low + high) / 2].map(number)
    case .array: return [low, high, (low + high) / 2].map { .array([number($0), number($0)]) }
    case .string, nil: return []
    }
  }

  func sample(_ random: inout SplitMix64) -> JSONValue? {
    if let allowed = definition.allowed { return allowed.randomElement(using: &random)?.json }
    switch definition.type {
    case .boolean: return .bool(Bool.random(using: &random))
    case .integer, .number: return number(value(&random))
    case .array:
      let count = Int.random(in: 1...12, using: &random)
      return .array((0..<count).map { _ in number(value(&random)) })
    case .string, nil: return nil
    }
  }

  private var low: Double { definition.minimum?.double ?? -1_000 }
  private var high: Double { definition.maximum?.double ?? 1_000 }

  private func value(_ random: inout SplitMix64) -> Double {
    // Small values as often as large ones: bounds are wide.
    let share = Double.random(in: 0...1, using: &random)
    let bend = Bool.random(using: &random) ? share : share * share * share
    return low + (high - low) * bend
  }

  private func number(_ value: Double) -> JSONValue {
    let isWhole = definition.type == .integer || definition.hasIntegerElements
    if isWhole { return .number(JSONNumber(Int(value.rounded(.down)))) }
    return (try? Number((value * 1_000).rounded(.down) / 1_000)).map { .number($0.json) } ?? .null
  }
}
