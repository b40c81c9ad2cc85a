/// What is looked at in the numbers of one topology node. Columns are places in the values; -1 stands for none.
struct NodeCheck: Sendable {
  struct Column: Sendable {
    let name: String
    let place: Int
  }

  let nodeID: String
  let isQueue: Bool
  let isService: Bool
  let arrivals: Column?
  let served: Column?
  /// The queue, where the model names it.
  let namedQueue: Column?
  let errors: Column?
  let capacity: Column?
  let outflow: Column?
  /// The queue, named or not; nil where there is none.
  let queue: Column?
  let initialDepth: Double
  let limit: Double?

  /// Smaller differences are none.
  private static let tolerance = 1e-6

  func warnings(_ values: [Double], bins: Int) -> [RunWarning] {
    var found: [RunWarning] = []
    func of(_ column: Column) -> ArraySlice<Double> {
      values[column.place * bins..<(column.place + 1) * bins]
    }
    func add(_ code: String, _ message: String) {
      found.append(RunWarning(nodeID: nodeID, code: code, message: message))
    }
    for (code, column) in [
      ("arrivals_negative", arrivals), ("served_negative", served),
      ("queue_negative", namedQueue), ("errors_negative", errors),
    ] {
      guard let column else { continue }
      let numbers = of(column)
      let span = numbers.span
      var count = 0
      for bin in span.indices where span[bin] < -NodeCheck.tolerance { count += 1 }
      if count > 0 { add(code, "\(column.name) has negative values in \(count) bins") }
    }
    if isService, let served, let arrivals {
      let count = NodeCheck.excess(of(served), over: of(arrivals))
      if count > 0 { add("served_exceeds_arrivals", "served > arrivals in \(count) bins") }
    }
    if let served, let capacity {
      let count = NodeCheck.excess(of(served), over: of(capacity))
      if count > 0 { add("served_exceeds_capacity", "served > capacity in \(count) bins") }
    }
    guard isQueue else { return found }
    if let queue, let arrivals, let outflow {
      let count = mismatches(of(queue), of(arrivals), of(outflow), errors.map(of))
      if count > 0 {
        add("queue_depth_mismatch", "computed queue depth diverges from actual in \(count) bins")
      }
    }
    if let arrivals, bins >= 4, let text = NodeCheck.divergence(of(arrivals)) {
      add("non_stationary", "arrivals non-stationary: divergence \(text)% (threshold 25%)")
    }
    return found
  }

  private static func excess(_ left: ArraySlice<Double>, over right: ArraySlice<Double>) -> Int {
    let (left, right) = (left.span, right.span)
    var count = 0
    for bin in 0..<min(left.count, right.count) where left[bin] > right[bin] + tolerance {
      count += 1
    }
    return count
  }

  /// Bins in which the plain recurrence gives another depth: schedules, overflows and constraints are not replayed.
  private func mismatches(
    _ actual: ArraySlice<Double>, _ arrivals: ArraySlice<Double>, _ served: ArraySlice<Double>,
    _ errors: ArraySlice<Double>?
  ) -> Int {
    let (actual, arrivals, served) = (actual.span, arrivals.span, served.span)
    let losses = errors ?? []
    let lost = losses.span
    var depth = initialDepth
    var count = 0
    for bin in 0..<actual.count {
      depth = depth + arrivals[bin] - served[bin]
      if bin < lost.count { depth -= lost[bin] }
      depth = Machine.most(depth, 0)
      if let limit { depth = Machine.least(depth, limit) }
      if (depth - actual[bin]).magnitude > NodeCheck.tolerance { count += 1 }
    }
    return count
  }

  /// How far the means of both halves are apart, in percent with one decimal; nil where that is not much.
  private static func divergence(_ values: ArraySlice<Double>) -> String? {
    let half = values.count / 2
    func mean(_ part: ArraySlice<Double>) -> Double {
      var sum = 0.0
      for value in part { sum += value }
      return sum / Double(part.count)
    }
    let (first, second) = (mean(values.prefix(half)), mean(values.dropFirst(half)))
    let larger = Machine.most(first, second)
    guard larger > 0 else { return nil }
    let divergence = (first - second).magnitude / larger
    guard divergence > 0.25 else { return nil }
    return oneDecimal(divergence * 100)
  }

  /// To the nearest tenth, from the middle to the even one.
  static func oneDecimal(_ value: Double) -> String {
    guard value.magnitude < 1e15 else {
      guard value.isFinite else { return "inf" }
      let whole = value.rounded(.down)
      return digits(ofWhole: whole) + oneDecimal(value - whole).dropFirst()
    }
    let tenths = (value * 10).rounded(.down)
    // Of the exact product: rounding it before would lose what decides.
    let beyond = (-(tenths + 0.5)).addingProduct(value, 10)
    var count = Int(tenths)
    if beyond > 0 || (beyond == 0 && count % 2 != 0) { count += 1 }
    return "\(count / 10).\(count % 10)"
  }

  /// All digits of a whole number from 2^52 or so on, which no integer may hold.
  private static func digits(ofWhole value: Double) -> String {
    if let number = UInt64(exactly: value) { return String(number) }
    // The last digit stands first.
    var digits = String(value.significandBitPattern | 1 << 52).utf8.reversed().map { $0 - 0x30 }
    for _ in 52..<Int(value.exponent) {
      var carry: UInt8 = 0
      for place in digits.indices {
        let double = digits[place] * 2 + carry
        digits[place] = double % 10
        carry = double / 10
      }
      if carry > 0 { digits.append(carry) }
    }
    return String(decoding: digits.reversed().map { $0 + 0x30 }, as: UTF8.self)
  }
}
