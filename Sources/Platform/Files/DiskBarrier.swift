import Glibc

/// Waits until many files are on disk, with one call for all of them.
///
/// To wait for each file by itself takes three to six times as long where there are hundreds, since each wait ends a
/// transaction of the file system. What other programs write to the same file system meanwhile is waited for too.
package struct DiskBarrier: ~Copyable {
  private let path: String
  private let directory: Descriptor

  /// Made before the files are written: the kernel tells of a page that could not be written to those who had the file
  /// system open then. Source: syncfs(2), "Errors".
  package init(before path: String) throws(SystemError) {
    self.path = path
    directory = try FileSystem.openExisting(path, O_RDONLY | O_DIRECTORY)
  }

  /// Waits until all that was written to the file system of the directory is on disk.
  ///
  /// - Throws: ``SystemError``, and something may not be on disk.
  package borrowing func wait() throws(SystemError) {
    // The C library has it, and the Glibc module does not show it.
    guard let symbol = unsafe dlsym(nil, "syncfs") else {
      // On Linux that waits as well, for all file systems, and does not tell of failures.
      sync()
      return
    }
    let wait = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
    let number = directory.number
    try SystemCall.run("syncfs", path: path) { wait(number) }
  }
}
