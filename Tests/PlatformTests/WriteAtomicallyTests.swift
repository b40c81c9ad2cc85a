import Foundation
import Glibc
import Testing

@testable import Platform

private func write(_ content: String, to path: String) throws(SystemError) {
  try FileSystem.writeFileAtomically(Array(content.utf8), to: path)
}

/// The mask of this process, without setting it, which other threads would notice.
private func umaskInForce() throws -> UInt32 {
  let bytes = try FileSystem.readFile("/proc/self/status", lengthMax: 100_000)
  let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  let line = try #require(lines.first { $0.hasPrefix("Umask:") })
  return try #require(UInt32(line.split(separator: "\t")[1], radix: 8))
}

@Test func `a new file has the content and the usual mode`() throws {
  let scratch = try Scratch()
  try write("new", to: scratch["file"])
  try write("", to: scratch["empty"])
  #expect(scratch.content("file") == "new")
  #expect(scratch.content("empty") == "")
  #expect(try scratch.mode("file") == 0o666 & ~umaskInForce())
  #expect(scratch.names == ["empty", "file"])
}

@Test(arguments: [
  (0o644, 0o644), (0o600, 0o600), (0o755, 0o755), (0o666, 0o666), (0o4751, 0o751),
])
func `an old file keeps its mode, but no right to act for its owner`(before: Int, after: UInt32)
  throws
{
  let scratch = try Scratch()
  try scratch.put("file", "old", mode: before)
  try write("new", to: scratch["file"])
  #expect(scratch.content("file") == "new")
  #expect(try scratch.mode("file") == after)
  #expect(scratch.names == ["file"])
}

@Test(.enabled(if: Environment.userID == 0, "only root can give files away"))
func `an old file keeps its owner`() throws {
  let scratch = try Scratch()
  try scratch.put("file", mode: 0o660)
  #expect(unsafe chown(scratch["file"], 12_345, 23_456) == 0)
  try write("new", to: scratch["file"])
  let status = try FileSystem.status(scratch["file"])
  #expect(status?.owner == 12_345)
  #expect(status?.group == 23_456)
  #expect(status?.permissions == 0o660)
}

@Test(.enabled(if: Environment.userID != 0, "nothing is protected from root"))
func `a file that its owner protects is not replaced`() throws {
  let scratch = try Scratch()
  let path = try scratch.put("file", mode: 0o444)
  #expect(throws: SystemError(call: "access", path: path, code: EACCES)) {
    try write("new", to: path)
  }
  #expect(scratch.content("file") == "old")
}

@Test func `a file of 3 MB is whole`() throws {
  let scratch = try Scratch()
  let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 9) }
  try FileSystem.writeFileAtomically(bytes, to: scratch["file"])
  #expect(try FileSystem.readFile(scratch["file"], lengthMax: .max) == bytes)
}

@Test func `other names of the old file keep the old content`() throws {
  let scratch = try Scratch()
  try scratch.put("file")
  try FileManager.default.linkItem(atPath: scratch["file"], toPath: scratch["other"])
  try write("new", to: scratch["file"])
  #expect(scratch.content("file") == "new")
  #expect(scratch.content("other") == "old")
}

@Test(arguments: [
  ("link", "file"), ("chain", "file"), ("dangling", "directory/new"), ("up", "file"),
])
func `a link stays and what it leads to is written`(link: String, target: String) throws {
  let scratch = try Scratch()
  try scratch.put("file")
  try scratch.makeDirectory("directory")
  try scratch.makeLink("link", to: "file")
  try scratch.makeLink("chain", to: scratch["link"])
  try scratch.makeLink("dangling", to: "directory/new")
  try scratch.makeLink("directory/up", to: "../file")
  try scratch.makeLink("up", to: "directory/up")
  try write("new", to: scratch[link])
  #expect(scratch.content(target) == "new")
  #expect(
    try FileSystem.status(scratch[link], followingLinks: false)?.kind == .symbolicLink)
  #expect(try FileSystem.status(scratch[target], followingLinks: false)?.kind == .regular)
}

@Test(arguments: [
  ("missing/file", "create", ENOENT), ("file/x", "create", ENOTDIR), ("directory", "write", EISDIR),
  ("loop", "write", ELOOP), ("link-to-directory", "write", EISDIR), ("socket", "write", EINVAL),
  ("a\0b", "lstat", EINVAL), ("file\0", "lstat", EINVAL), ("", "write", EISDIR),
  ("new/", "create", ENOENT), (String(repeating: "n", count: 256), "lstat", ENAMETOOLONG),
])
func `a path that cannot be written is refused and nothing changes`(
  name: String, call: String, code: Int32
) throws {
  let scratch = try Scratch()
  try scratch.put("file")
  try scratch.makeDirectory("directory")
  try scratch.makeLink("loop", to: "loop")
  try scratch.makeLink("link-to-directory", to: "directory")
  let listener = try UnixListener.open(path: scratch["socket"])
  let before = scratch.names
  let path = scratch[name]
  #expect(throws: SystemError(call: call, path: path, code: code)) {
    try write("new", to: path)
  }
  #expect(scratch.content("file") == "old")
  #expect(scratch.names == before)
  #expect(listener.path == scratch["socket"])
}

@Test func `a directory in which nothing can be made is refused`() {
  // Read-only for root as well.
  let error = #expect(throws: SystemError.self) { try write("new", to: "/proc/self/new") }
  #expect(error?.path == "/proc/self/new")
  #expect(error?.call == "create")
}

@Test func `a name as long as names can be is written`() throws {
  let scratch = try Scratch()
  let name = String(repeating: "n", count: 255)
  try write("new", to: scratch[name])
  #expect(scratch.names == [name])
}

@Test func `where the temporary name does not fit the old content stays`() throws {
  let scratch = try Scratch()
  var directory = ""
  let part = String(repeating: "d", count: 200)
  while scratch[directory].utf8.count < 3850 { directory += part + "/" }
  let rest = 4085 - scratch[directory].utf8.count
  directory += String(repeating: "e", count: rest)
  try scratch.makeDirectory(directory)
  // 4096 bytes with the final NUL are the limit of a path.
  let path = scratch[directory] + "/file"
  let file = Descriptor(owning: unsafe creat(path, 0o600))
  try file.writeAll(Array("old".utf8).span)
  #expect(throws: SystemError(call: "create", path: path, code: ENAMETOOLONG)) {
    try write("new", to: path)
  }
  #expect(try FileSystem.readFile(path, lengthMax: 10) == Array("old".utf8))
}

@Test func `where the content does not fit the old content stays`() async {
  await #expect(processExitsWith: .success) {
    SignalWatch.ignoreWriteSignals()
    var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
    #expect(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    let scratch = try Scratch()
    let path = try scratch.put("file")
    try FileSystem.writeFileAtomically(
      [UInt8](repeating: 7, count: 100_000), to: scratch["fits"])
    #expect(throws: SystemError(call: "write", path: path, code: EFBIG)) {
      try FileSystem.writeFileAtomically([UInt8](repeating: 7, count: 100_001), to: path)
    }
    #expect(scratch.content("file") == "old")
    #expect(scratch.names == ["file", "fits"])
  }
}

@Test func `when replacing fails the temporary file goes`() throws {
  let scratch = try Scratch()
  let path = scratch["file"]
  do {
    let staged = try StagedFile([1], path: "as given", target: path, before: nil)
    #expect(scratch.names.count == 1)
    try scratch.makeDirectory("file")
    #expect(throws: SystemError(call: "rename", path: "as given", code: EISDIR)) {
      try staged.replace()
    }
  }
  #expect(scratch.names == ["file"])
  #expect(FileSystem.kind(path) == .directory)
}

@Test func `a pipe and a device are written to and stay`() throws {
  let scratch = try Scratch()
  let path = scratch["pipe"]
  #expect(unsafe mkfifo(path, 0o600) == 0)
  let content = Shared("")
  let reader = try Platform.Thread.Joinable(name: "reader") {
    let bytes = (try? FileSystem.readFile(path, lengthMax: 100)) ?? []
    content.value = String(decoding: bytes, as: UTF8.self)
  }
  try write("new", to: path)
  reader.join()
  #expect(content.value == "new")
  try write("new", to: "/dev/null")
  #expect(FileSystem.kind("/dev/null") == .characterDevice)
  #expect(throws: SystemError(call: "write", path: "/dev/full", code: ENOSPC)) {
    try write("new", to: "/dev/full")
  }
}

@Test(arguments: ["/dev/fd/", "/proc/self/fd/"])
func `an open descriptor is written where it stands and not replaced`(directory: String) throws {
  let scratch = try Scratch()
  try scratch.put("file", "first ")
  let file = try FileSystem.openExisting(scratch["file"], O_WRONLY | O_APPEND)
  let before = try FileSystem.status(scratch["file"])?.identity
  try scratch.makeLink("link", to: directory + "\(file.number)")
  try write("second ", to: directory + "\(file.number)")
  try write("third", to: scratch["link"])
  #expect(scratch.content("file") == "first second third")
  #expect(try FileSystem.status(scratch["file"])?.identity == before)
}

@Test func `standard output receives what is written to its path`() async throws {
  let result = await #expect(
    processExitsWith: .exitCode(0), observing: [\.standardOutputContent]
  ) {
    try FileSystem.writeFileAtomically(Array("<model>".utf8), to: "/dev/stdout")
    exitProcess(0)
  }
  let bytes = try #require(result).standardOutputContent
  #expect(String(decoding: bytes, as: UTF8.self).contains("<model>"))
}

@Test func `several files are put in place together`() throws {
  let scratch = try Scratch()
  try scratch.put("a")
  try scratch.makeDirectory("d")
  try FileSystem.writeFilesAtomically([
    (scratch["a"], [1]), (scratch["d/b"], [2]), (scratch["c"], [3]), ("/dev/null", [4]),
  ])
  #expect(scratch.content("a") == "\u{1}")
  #expect(scratch.content("d/b") == "\u{2}")
  #expect(scratch.content("c") == "\u{3}")
  #expect(scratch.names == ["a", "c", "d"])
  #expect(try FileSystem.listDirectory(scratch["d"]) == ["b"])
}

@Test(arguments: [
  ("missing/x", "create", ENOENT), ("d", "write", EISDIR), ("a", "write twice to", EINVAL),
  ("d/../a", "write twice to", EINVAL), ("link", "write twice to", EINVAL),
])
func `when one of several files is refused none is written`(
  name: String, call: String, code: Int32
) throws {
  let scratch = try Scratch()
  try scratch.put("a")
  try scratch.makeDirectory("d")
  try scratch.makeLink("link", to: "a")
  let bad = (path: scratch[name], bytes: [UInt8(9)])
  for files in [[(scratch["a"], [1]), (scratch["b"], [2]), bad]] {
    #expect(throws: SystemError(call: call, path: bad.path, code: code)) {
      try FileSystem.writeFilesAtomically(files)
    }
    #expect(scratch.content("a") == "old")
    #expect(scratch.names == ["a", "d", "link"])
  }
}

@Test func `when a device takes nothing no file is replaced`() throws {
  let scratch = try Scratch()
  try scratch.put("a")
  #expect(throws: SystemError(call: "write", path: "/dev/full", code: ENOSPC)) {
    try FileSystem.writeFilesAtomically([(scratch["a"], [1]), ("/dev/full", [2])])
  }
  #expect(scratch.content("a") == "old")
  #expect(scratch.names == ["a"])
}

@Test func `a reader sees the old content or the new, never a part`() throws {
  let scratch = try Scratch()
  let path = scratch["file"]
  try write(String(repeating: "a", count: 50_000), to: path)
  let failure = Shared<SystemError?>(nil)
  let writer = try Platform.Thread.Joinable(name: "writer") {
    for round in 0..<40 {
      do throws(SystemError) {
        try write(String(repeating: round % 2 == 0 ? "b" : "a", count: 50_000), to: path)
      } catch {
        failure.value = error
      }
    }
  }
  for _ in 0..<200 {
    let bytes = try FileSystem.readFile(path, lengthMax: 100_000)
    #expect(bytes.count == 50_000)
    #expect(Set(bytes).count == 1)
  }
  writer.join()
  #expect(failure.value == nil)
}
