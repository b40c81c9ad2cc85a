/// One file of a run.
package struct RunFile: Hashable, Sendable {
  /// From the directory of the run: `series/index.json`.
  package let path: String
  package let bytes: [UInt8]

  init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}
