import Platform

extension Invocation {
  /// Sees to it that nothing is written over what is read.
  ///
  /// - Parameters:
  ///   - read: files, or what may be one; `-` is stdin.
  ///   - written: where something goes; `-` is stdout, nil is nowhere.
  package func keep(_ read: [String], from written: [String?]) throws(Stop) {
    for case let path? in written where path != "-" {
      guard read.contains(where: { $0 != "-" && FileSystem.isSameFile($0, path) }) else { continue }
      throw .usage("\(command.name): '\(path)' is read; nothing is written over it")
    }
  }

  /// Sees to it that two outputs are two files.
  package func tellApart(_ output: Option, _ other: Option) throws(Stop) {
    guard let path = self[output], let second = self[other],
      path == second || FileSystem.isOnePlace(path, second)
    else { return }
    throw .usage("\(command.name): \(output.name) and \(other.name) name one file, '\(path)'")
  }
}

/// Puts files in place, all or none; `-` is stdout, as it is stdin where a file is read.
package func write(_ files: [(path: String, bytes: [UInt8])]) throws(Stop) {
  do throws(SystemError) {
    try FileSystem.writeFilesAtomically(
      files.map { ($0.path == "-" ? "/dev/stdout" : $0.path, $0.bytes) })
  } catch {
    throw .refused(error.message)
  }
}
