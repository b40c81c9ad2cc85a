package import CommandLine
import Platform
import Server

extension Option {
  package static let recordFile = Option(
    "--record", value: .required("FILE"),
    help:
      "write a transcript of all that is said, secrets too, to a new FILE; on a socket to FILE.N for each connection"
  )
}

/// The file that one conversation is recorded in, for the user alone.
final class RecordFile {
  private let file: Descriptor
  private var recording: Recording
  /// nil once the file cannot be written any more.
  private var fail: ((SystemError) -> Void)?

  /// - Parameters:
  ///   - path: where nothing is yet, not even a link.
  ///   - methods: what the client talks to.
  ///   - fail: what is told of an error after which nothing more is written.
  init(
    _ path: String, _ methods: any ServedMethods, fail: @escaping (SystemError) -> Void
  ) throws(SystemError) {
    file = try FileSystem.createNew(path)
    recording = Recording(methods)
    self.fail = fail
  }

  func receive(_ bytes: ArraySlice<UInt8>) {
    recording.receive(bytes)
    write()
  }

  func finishInput() {
    recording.finishInput()
    write()
  }

  func send(_ bytes: [UInt8]) {
    recording.send(bytes)
    write()
  }

  func finish(_ ending: Session.Ending?) {
    recording.finish(ending)
    write()
  }

  private func write() {
    let text = recording.takeText()
    guard let fail, !text.isEmpty else { return }
    do throws(SystemError) {
      try file.writeAll(text.span)
    } catch {
      self.fail = nil
      fail(error)
    }
  }
}
