import FlowModel
import Source

/// A class route of a router whose source has no rates of its own: what of the source is of its classes is known only when
/// all that the source is made of is.
struct DerivedRoute {
  let source: Int
  /// Where what the route takes goes.
  let out: Int
  let classes: [(id: ExactString, range: ByteRange)]
  let path: DataPath
  let owner: Int
}

extension Compiler {
  /// Fills the routes that take classes out of what is computed of series with arrivals.
  ///
  /// Each class is carried through what the source is made of: sums add the parts, factors and lags apply to each, and
  /// whatever has no such rule keeps the mix of all that it reads. A queue holds the mix of what came and what was there.
  mutating func emitDerivedRoutes() {
    guard !derivedRoutes.isEmpty, !parts.findings.hasErrors else { return }
    var derivation = ClassDerivation(self)
    for route in derivedRoutes {
      if isOut { return }
      owner = route.owner
      guard derivation.isAware(route.source) else {
        for (id, range) in route.classes { reportUnknown(id, range, route.path) }
        continue
      }
      for (id, range) in route.classes where derivation.places[id] == nil {
        reportUnknown(id, range, route.path)
      }
      guard !parts.findings.hasErrors else { continue }
      let all = derivation.parts(of: route.source, &self)
      let whole = derivation.sum(all, &self)
      let own = derivation.parts(of: route.out, &self)
      var total = literal(0)
      let taken = Set(route.classes.map(\.id))
      for (place, id) in derivation.classes.enumerated() where taken.contains(id) {
        emit(Instruction(.share, out: own[place], route.source, all[place], whole))
        total = derive(.add, total, own[place])
      }
      emit(Instruction(.copy, out: route.out, total))
    }
    derivation.finish(&self)
  }

  mutating func reportUnknown(_ id: ExactString, _ range: ByteRange, _ path: DataPath) {
    parts.findings.add(
      RouterClassUnknown.code, at: range,
      "no arrival brings the class \(quoted(id.text)) to what is routed", path: path + "classes")
  }
}

/// The parts of columns that are of each class.
private struct ClassDerivation {
  /// Of all arrivals, each once.
  let classes: [ExactString]
  /// Where each stands among ``classes``.
  let places: [ExactString: Int]
  /// The columns of each that is asked for, one for each class.
  private var known: [Int: [Int]] = [:]
  /// Columns whose parts are named and not yet made.
  private var open: [Int] = []
  private var writers: [Int: Instruction] = [:]
  private var aware: Set<Int> = []
  /// Columns that are what arrives, with the rate of each class.
  private var rates: [Int: [(place: Int, column: Int)]] = [:]
  /// What routes take has its parts from them.
  private let routed: Set<Int>

  init(_ compiler: Compiler) {
    var classes: [ExactString] = []
    var places: [ExactString: Int] = [:]
    for rate in compiler.rates where places[rate.id] == nil {
      places[rate.id] = classes.count
      classes.append(rate.id)
    }
    self.classes = classes
    self.places = places
    routed = Set(compiler.derivedRoutes.map(\.out))
    for rate in compiler.rates {
      guard let column = compiler.byName[rate.node], let place = places[rate.id] else { continue }
      rates[column, default: []].append((place, rate.column))
    }
    var readers: [Int: [Int]] = [:]
    for step in compiler.instructions {
      writers[step.out] = step
      for column in [step.a, step.b, step.c] where column >= 0 {
        readers[column, default: []].append(step.out)
      }
    }
    for route in compiler.derivedRoutes { readers[route.source, default: []].append(route.out) }
    var reached = Array(rates.keys)
    while let column = reached.popLast() {
      guard aware.insert(column).inserted else { continue }
      reached += readers[column] ?? []
    }
  }

  /// Whether something of the column has a class.
  func isAware(_ column: Int) -> Bool { aware.contains(column) }

  mutating func parts(of column: Int, _ compiler: inout Compiler) -> [Int] {
    if let parts = known[column] { return parts }
    let parts = classes.map { _ in compiler.hidden() }
    known[column] = parts
    if !routed.contains(column) { open.append(column) }
    return parts
  }

  func sum(_ parts: [Int], _ compiler: inout Compiler) -> Int {
    guard var sum = parts.first else { return compiler.literal(0) }
    for part in parts.dropFirst() { sum = compiler.derive(.add, sum, part) }
    return sum
  }

  /// Makes what was named, and what that needs in turn.
  mutating func finish(_ compiler: inout Compiler) {
    while let column = open.popLast(), !compiler.isOut { make(column, &compiler) }
  }

  private mutating func make(_ column: Int, _ compiler: inout Compiler) {
    guard let own = known[column] else { return }
    if let rates = rates[column] {
      let whole = sum(rates.map(\.column), &compiler)
      for rate in rates {
        compiler.emit(Instruction(.share, out: own[rate.place], column, rate.column, whole))
      }
      return
    }
    guard let step = writers[column] else { return }
    compiler.owner = step.owner
    switch step.operation {
    case .add where isAware(step.a) && isAware(step.b),
      .subtract where isAware(step.a) && isAware(step.b):
      let left = parts(of: step.a, &compiler)
      let right = parts(of: step.b, &compiler)
      for place in own.indices {
        compiler.emit(Instruction(step.operation, out: own[place], left[place], right[place]))
      }
    case .copy, .shift, .convolve, .gate, .pulse:
      guard isAware(step.a) else { return mix(column, [step.b], own, &compiler) }
      for (place, part) in parts(of: step.a, &compiler).enumerated() {
        if step.operation == .gate {
          // What leaves has the mix of what would leave.
          return mix(column, [step.a], own, &compiler)
        }
        var same = step
        same.out = own[place]
        same.a = part
        compiler.emit(same)
      }
    case .queue:
      let arriving = isAware(step.a) ? parts(of: step.a, &compiler) : []
      let pools = own.enumerated().map { place, part in
        var before = Instruction(.shift, out: compiler.hidden(), part)
        before.first = 1
        compiler.emit(before)
        return arriving.isEmpty ? before.out : compiler.derive(.add, before.out, arriving[place])
      }
      let whole = sum(pools, &compiler)
      for (place, pool) in pools.enumerated() {
        compiler.emit(Instruction(.share, out: own[place], column, pool, whole))
      }
    default: mix(column, [step.a, step.b, step.c], own, &compiler)
    }
  }

  /// The mix of all that is read.
  private mutating func mix(
    _ column: Int, _ reads: [Int], _ own: [Int], _ compiler: inout Compiler
  ) {
    var mixed: [Int] = []
    for read in reads where read >= 0 && isAware(read) {
      let parts = parts(of: read, &compiler)
      mixed =
        mixed.isEmpty ? parts : zip(mixed, parts).map { compiler.derive(.add, $0, $1) }
    }
    guard !mixed.isEmpty else { return }
    let whole = sum(mixed, &compiler)
    for place in own.indices {
      compiler.emit(Instruction(.share, out: own[place], column, mixed[place], whole))
    }
  }
}
