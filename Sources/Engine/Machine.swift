/// Carries out instructions over one flat array, column after column. What columns are called there are their first places.
///
/// Source: docs/reference/expressions.md, "Functions", and docs/reference/model.md. Nothing is summed in another order
/// than written, and no two operations are fused: results are the same to the last bit everywhere.
enum Machine {
  /// `a / b`, 0 where b is 0.
  @inline(__always) static func quotient(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : a / b }

  /// The smaller one, the first of two zeros; a NaN is left out.
  @inline(__always) static func least(_ a: Double, _ b: Double) -> Double {
    b < a || a.isNaN ? b : a
  }

  /// The larger one, the first of two zeros; a NaN is left out.
  @inline(__always) static func most(_ a: Double, _ b: Double) -> Double {
    b > a || a.isNaN ? b : a
  }

  /// The remainder that is never negative; 0 where b is nearly 0.
  static func remainder(_ a: Double, _ b: Double) -> Double {
    guard !(b.magnitude <= 2.220446049250313e-16) else { return 0 }
    let rest = a.truncatingRemainder(dividingBy: b)
    return rest < 0 ? rest + b.magnitude : rest
  }

  static func rounded(_ x: Double) -> Double {
    x >= 0 ? (x + 0.5).rounded(.down) : (x - 0.5).rounded(.up)
  }

  @inline(__always) static func finite(_ x: Double) -> Double { x.isFinite ? x : 0 }

  /// Carries out the instruction at a place in one bin: what is often part of a loop without the cost of one.
  ///
  /// It is told the place, since an instruction handed on would be copied whole, which takes longer than carrying it out.
  @inline(__always) static func run(
    _ steps: Span<Instruction>, _ place: Int, _ t: Int, kernels: Span<Double>,
    _ values: inout MutableSpan<Double>
  ) {
    let step = steps[place]
    let x = values[step.a &+ t]
    switch step.operation {
    case .copy: values[step.out &+ t] = x
    case .add: values[step.out &+ t] = x + values[step.b &+ t]
    case .subtract: values[step.out &+ t] = x - values[step.b &+ t]
    case .multiply: values[step.out &+ t] = x * values[step.b &+ t]
    case .divide: values[step.out &+ t] = quotient(x, values[step.b &+ t])
    case .minimum: values[step.out &+ t] = least(x, values[step.b &+ t])
    case .maximum: values[step.out &+ t] = most(x, values[step.b &+ t])
    case .clamp:
      values[step.out &+ t] = least(most(x, values[step.b &+ t]), values[step.c &+ t])
    case .step: values[step.out &+ t] = x >= values[step.b &+ t] ? 1 : 0
    case .shift: values[step.out &+ t] = t >= step.first ? values[step.a &+ t &- step.first] : 0
    case .queue: queue(steps, place, t, t + 1, &values)
    default: run(steps, place, t, t + 1, kernels: kernels, &values)
    }
  }

  /// Carries out the instruction at a place in bins `from..<to`, in order.
  static func run(
    _ steps: Span<Instruction>, _ place: Int, _ from: Int, _ to: Int, kernels: Span<Double>,
    _ values: inout MutableSpan<Double>
  ) {
    let step = steps[place]
    let out = step.out
    let a = step.a
    let b = step.b
    let c = step.c
    switch step.operation {
    case .copy: for t in from..<to { values[out &+ t] = values[a &+ t] }
    case .add: for t in from..<to { values[out &+ t] = values[a &+ t] + values[b &+ t] }
    case .subtract: for t in from..<to { values[out &+ t] = values[a &+ t] - values[b &+ t] }
    case .multiply: for t in from..<to { values[out &+ t] = values[a &+ t] * values[b &+ t] }
    case .divide:
      for t in from..<to { values[out &+ t] = quotient(values[a &+ t], values[b &+ t]) }
    case .minimum: for t in from..<to { values[out &+ t] = least(values[a &+ t], values[b &+ t]) }
    case .maximum: for t in from..<to { values[out &+ t] = most(values[a &+ t], values[b &+ t]) }
    case .clamp:
      for t in from..<to {
        values[out &+ t] = least(most(values[a &+ t], values[b &+ t]), values[c &+ t])
      }
    case .modulo:
      for t in from..<to { values[out &+ t] = remainder(values[a &+ t], values[b &+ t]) }
    case .floor: for t in from..<to { values[out &+ t] = values[a &+ t].rounded(.down) }
    case .ceil: for t in from..<to { values[out &+ t] = values[a &+ t].rounded(.up) }
    case .round: for t in from..<to { values[out &+ t] = rounded(values[a &+ t]) }
    case .step:
      for t in from..<to { values[out &+ t] = values[a &+ t] >= values[b &+ t] ? 1 : 0 }
    case .pulse:
      for t in from..<to {
        let isOn = t >= step.first && (t &- step.first) % step.count == 0
        values[out &+ t] = isOn ? values[a &+ t] : 0
      }
    case .shift:
      for t in from..<to {
        values[out &+ t] = t >= step.first ? values[a &+ t &- step.first] : 0
      }
    case .convolve:
      for t in from..<to {
        var sum = 0.0
        for j in 0..<min(step.count, t + 1) {
          let x = values[a &+ t &- j]
          if x.isFinite { sum += kernels[step.first &+ j] * x }
        }
        values[out &+ t] = sum
      }
    case .gate:
      for t in from..<to {
        var flow = 0.0
        if t >= step.first, (t &- step.first) % step.count == 0 {
          flow = values[a &+ t]
          if step.b >= 0, values[b &+ t].isFinite { flow = least(flow, values[b &+ t]) }
        }
        values[out &+ t] = flow
      }
    case .queue: queue(steps, place, from, to, &values)
    case .addFinite:
      for t in from..<to { values[out &+ t] = finite(values[a &+ t]) + finite(values[b &+ t]) }
    case .allocate:
      for t in from..<to {
        let demand = finite(values[a &+ t])
        let total = values[b &+ t]
        let capacity = values[c &+ t]
        values[out &+ t] = total > capacity && total > 0 ? capacity * demand / total : demand
      }
    case .share:
      for t in from..<to {
        let whole = values[c &+ t]
        values[out &+ t] =
          whole.magnitude < 1e-15 ? 0 : values[a &+ t] * (values[b &+ t] / whole)
      }
    }
  }

  private static func queue(
    _ steps: Span<Instruction>, _ place: Int, _ from: Int, _ to: Int,
    _ values: inout MutableSpan<Double>
  ) {
    let step = steps[place]
    let out = step.out
    let inflow = step.a
    let outflow = step.b
    let loss = step.c
    let limit = step.d
    let overflow = step.e
    for t in from..<to {
      let before = t > 0 ? values[out &+ t &- 1] : step.value
      var depth = before + finite(values[inflow &+ t]) - finite(values[outflow &+ t])
      if step.c >= 0 { depth -= finite(values[loss &+ t]) }
      depth = most(0, depth)
      if step.d >= 0 {
        let most = values[limit &+ t]
        let excess = most.isFinite && depth > most ? depth - most : 0
        if excess > 0 { depth = most }
        if step.e >= 0 { values[overflow &+ t] = excess }
      }
      values[out &+ t] = depth
    }
  }
}
