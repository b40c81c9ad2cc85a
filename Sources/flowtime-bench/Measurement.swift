/// Something that is done again and again while a clock runs.
struct Measurement {
  let name: String
  /// Bytes that go in, or come out where nothing goes in; 0 where a rate in bytes says nothing.
  let size: Int
  /// How many of what is counted one call does: messages of a batch.
  let count: Int
  /// Returns a number that depends on all of the work, so that none of it can be left out.
  let run: () -> Int

  init(_ name: String, size: Int, count: Int = 1, run: @escaping () -> Int) {
    self.name = name
    self.size = size
    self.count = count
    self.run = run
  }
}
