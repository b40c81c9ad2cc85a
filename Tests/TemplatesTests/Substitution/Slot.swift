import Testing

/// A scalar that stands at a place of a template, and what it becomes.
struct Slot: Sendable, CustomTestStringConvertible {
  enum Place: String, Sendable {
    case bins, values, expr, kind, file

    var path: String {
      switch self {
      case .bins: "grid.bins"
      case .values: "nodes.0.values"
      case .expr: "nodes.1.expr"
      case .kind: "nodes.1.kind"
      case .file: "outputs.0.as"
      }
    }
  }

  let place: Place
  let scalar: String
  /// JSON.
  let values: String
  /// JSON.
  let expected: String

  init(_ place: Place, _ scalar: String, _ values: String = "{}", _ expected: String = "") {
    self.place = place
    self.scalar = scalar
    self.values = values
    self.expected = expected
  }

  var testDescription: String { "\(place): \(scalar) with \(values)" }

  /// With the scalar at its place; everything else is as it must be.
  var template: String {
    func at(_ place: Place, _ usual: String) -> String { self.place == place ? scalar : usual }
    return """
      metadata: {id: slot}
      parameters:
        - {name: n, type: number, default: 2}
        - {name: m, type: number, default: 3}
        - {name: s, type: string, default: orders}
        - {name: yes, type: boolean, default: true}
        - {name: xs, type: array, default: [1, 2]}
      grid:
        bins: \(at(.bins, "2"))
        binSize: 1
        binUnit: days
      nodes:
        - id: orders
          kind: const
          values: \(at(.values, "[1, 2]"))
        - id: served
          kind: \(at(.kind, "expr"))
          expr: \(at(.expr, "orders"))
        # So that every parameter is used.
        - id: filler
          kind: expr
          expr: CONV(orders, ${xs}) + ${n} * ${m}
      outputs:
        - series: "*"
          as: \(at(.file, "all.csv"))
          description: ${s} ${yes}

      """
  }
}
