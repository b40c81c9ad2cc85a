/// What an entry holds to be true.
package enum Invariant {
  /// Takes a sentence about what is not as it must be.
  ///
  /// A test brings its own. Without one the process stops, since that is how libFuzzer learns of it, and the sentence
  /// must be seen in a release build too, which `preconditionFailure` does not see to.
  @TaskLocal package static var report: @Sendable (String) -> Void = { fatalError($0) }

  static func demand(_ holds: Bool, _ sentence: @autoclosure () -> String) {
    if !holds { report(sentence()) }
  }

  /// Two texts are the same, byte for byte.
  static func demandSame(
    _ left: some Collection<UInt8>, _ right: some Collection<UInt8>,
    _ sentence: @autoclosure () -> String
  ) {
    guard !left.elementsEqual(right) else { return }
    report("\(sentence()): \(shown(left)) and \(shown(right))")
  }

  /// At most 2,000 bytes, with escapes for what cannot be seen.
  static func shown(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes.prefix(2_000), as: UTF8.self).debugDescription
  }
}
