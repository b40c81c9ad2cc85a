package import Platform

/// Why the store could not do what it was asked.
package enum RunStoreFailure: Error, Hashable, Sendable {
  case system(SystemError)
  case file(FileFailure)
  /// The file is there and is not what it should be.
  case damaged(path: String, why: String)
  case runMissing(id: String)
  case seriesMissing(id: String, run: String)
  case fileMissing(name: String, run: String)
  /// A name that could lead out of the directory of a run, or that no file can have.
  case nameInvalid(String)
  /// All names that were tried were taken.
  case noNameLeft(path: String)

  /// What failed, where, and why; lower case, no full stop.
  package var message: String {
    switch self {
    case .system(let error): error.message
    case .file(let failure): failure.message
    case .damaged(let path, let why): "\(quoted(path)) is damaged: \(why)"
    case .runMissing(let id): "no run \(quoted(id))"
    case .seriesMissing(let id, let run): "no series \(quoted(id)) in the run \(quoted(run))"
    case .fileMissing(let name, let run): "no file \(quoted(name)) in the run \(quoted(run))"
    case .nameInvalid(let name): "\(quoted(name)) cannot be the name of a file of a run"
    case .noNameLeft(let path): "no name for a new run is free in \(quoted(path))"
    }
  }

  /// Whether what was asked for is not there.
  package var isNotFound: Bool {
    switch self {
    case .runMissing, .seriesMissing, .fileMissing: true
    case .file(.system(let error)): error.isNotFound
    default: false
    }
  }

  /// Whether the disk, or the user's share of it, is full.
  package var isOutOfSpace: Bool {
    switch self {
    case .system(let error), .file(.system(let error)): error.isOutOfSpace
    default: false
    }
  }

  static func wrapping<Answer: ~Copyable>(
    _ steps: () throws(SystemError) -> Answer
  ) throws(RunStoreFailure) -> Answer {
    do { return try steps() } catch { throw .system(error) }
  }
}
