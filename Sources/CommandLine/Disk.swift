import Platform
package import Source

/// The disk, as commands see it.
package enum Disk {
  /// Longest file that is read, in bytes.
  package static let lengthMax = 64 << 20

  /// A file or `-`, which is stdin, as text.
  ///
  /// - Throws: ``Stop``, with the place of the first byte that is not UTF-8: JSON could not carry it.
  package static func text(_ path: String) throws(Stop) -> SourceText {
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes =
        path == "-"
        ? try FileSystem.readStandardInput(lengthMax: lengthMax)
        : try FileSystem.readFile(path, lengthMax: lengthMax)
    } catch {
      throw .refused(error.message)
    }
    if String(validating: bytes, as: UTF8.self) == nil {
      let valid = validPrefixLength(of: bytes)
      throw .input(
        "\(placeName(of: valid, in: SourceText(bytes), path)): error: the byte at offset \(valid) is not UTF-8"
      )
    }
    return SourceText(bytes)
  }

  /// Number of bytes before the first that begins no UTF-8 character.
  private static func validPrefixLength(of bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { length += UTF8.width(scalar) }
    return length
  }
}
