import Foundation

/// A pseudo terminal that a program can have as its stderr.
final class Terminal {
  private let main: Int32
  /// The program's side.
  let side: FileHandle

  enum Failure: Error {
    case noTerminal
  }

  init() throws {
    main = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // TIOCSPTLCK and TIOCGPTN of ioctl_tty(2), which the Glibc module leaves out.
    var lock: Int32 = 0
    var number: Int32 = -1
    guard main >= 0, unsafe ioctl(main, 0x4004_5431, &lock) == 0,
      unsafe ioctl(main, 0x8004_5430, &number) == 0,
      let side = FileHandle(forUpdatingAtPath: "/dev/pts/\(number)")
    else { throw Failure.noTerminal }
    self.side = side
  }

  deinit {
    close(main)
  }

  /// All that was shown, once the program is gone.
  func shown() throws -> String {
    try side.close()
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    // Linux ends a terminal that nobody holds any more with an error.
    while case let count = unsafe read(main, &room, room.count), count > 0 {
      bytes += room.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
