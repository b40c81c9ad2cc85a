/// One step of a plan: writes one column, or two where a queue overflows, in one bin or in all.
///
/// Columns are numbers; -1 stands for none.
struct Instruction: Sendable {
  enum Operation: UInt8, Sendable {
    case copy, add, subtract, multiply, divide, minimum, maximum, clamp, modulo
    case floor, ceil, round, step
    /// `a` in bins `first + n * count`.
    case pulse
    /// `a` of `first` bins ago.
    case shift
    /// Sum of `count` weights from `first` on, times `a` now and before.
    case convolve
    /// Inflow `a`, outflow `b`, loss `c`, limit `d`, overflow to `e`; what is there at first is `value`.
    case queue
    /// `a` in dispatch bins `first + n * count`, at most a finite `b`.
    case gate
    /// `a + b`, each 0 where it is not finite.
    case addFinite
    /// Of demand `a` the part that a capacity `c` leaves of a total demand `b`.
    case allocate
    /// `a` times the share of `b` in `c`; 0 where `c` is nearly 0.
    case share
  }

  var operation: Operation
  var out: Int
  var a = -1
  var b = -1
  var c = -1
  var d = -1
  var e = -1
  var first = 0
  var count = 0
  var value = 0.0
  /// Place among the owners: who is named where it takes part in a cycle.
  var owner = 0
  /// It needs nothing of `a` in the same bin.
  var isLagged = false

  init(_ operation: Operation, out: Int, _ a: Int = -1, _ b: Int = -1, _ c: Int = -1, _ d: Int = -1)
  {
    self.operation = operation
    self.out = out
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  /// The same with the first place of each column in place of its number.
  func placed(bins: Int) -> Instruction {
    var step = self
    step.out *= bins
    if a >= 0 { step.a *= bins }
    if b >= 0 { step.b *= bins }
    if c >= 0 { step.c *= bins }
    if d >= 0 { step.d *= bins }
    if e >= 0 { step.e *= bins }
    return step
  }
}
