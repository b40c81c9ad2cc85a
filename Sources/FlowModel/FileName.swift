/// What the files of a run may be called: the Engine names series by it, and the store their files.
package enum FileName {
  /// Most bytes of a name; more of them no common file system has.
  package static let lengthMax = 255

  /// Whether a name is one step down from a directory, and no hidden one, without anything that ends a line or a path.
  package static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= lengthMax
    else { return false }
    return !name.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0x2F || $0 == 0x5C }
  }
}
