/// Why a file could not be read.
package enum FileFailure: Error, Hashable, Sendable {
  case system(SystemError)
  /// More than `lengthMax` bytes.
  case tooLarge(path: String, lengthMax: Int)
  case isDirectory(path: String)
  /// A pipe, socket or device where only a regular file will do.
  case notRegular(path: String)

  /// Takes steps whose refusal has no case of its own.
  static func wrapping<Answer: ~Copyable>(
    _ steps: () throws(SystemError) -> Answer
  ) throws(FileFailure) -> Answer {
    do { return try steps() } catch { throw .system(error) }
  }

  /// What failed, where, and why; lower case, no full stop.
  package var message: String {
    switch self {
    case .system(let error): error.message
    case .tooLarge(let path, let lengthMax):
      "cannot read \(quoted(path)): it is longer than the limit of \(lengthMax) bytes"
    case .isDirectory(let path): "cannot read \(quoted(path)): it is a directory"
    case .notRegular(let path): "cannot read \(quoted(path)): it is not a regular file"
    }
  }
}
