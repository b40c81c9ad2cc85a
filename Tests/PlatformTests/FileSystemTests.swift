import Foundation
import Glibc
import Testing

@testable import Platform

/// What reading a file comes to: its text, or the message of the refusal without the scratch path.
private func outcome(
  _ scratch: Scratch, _ path: String, lengthMax: Int = 100, regularOnly: Bool = false
) -> String {
  do throws(FileFailure) {
    let bytes = try FileSystem.readFile(path, lengthMax: lengthMax, regularOnly: regularOnly)
    return String(decoding: bytes, as: UTF8.self)
  } catch {
    return error.message.replacing(scratch.path + "/", with: "")
  }
}

@Test(arguments: [
  ("file", "content"), ("empty", ""), ("link", "content"), ("é", "composed"),
  ("e\u{301}", "decomposed"),
  ("missing", "cannot open 'missing': No such file or directory"),
  ("file/x", "cannot open 'file/x': Not a directory"),
  ("directory", "cannot read 'directory': it is a directory"),
  ("loop", "cannot open 'loop': Too many levels of symbolic links"),
  ("file\0hidden", "cannot open 'file\\u{0}hidden': Invalid argument"),
])
func `a file is read whole or the refusal says why`(name: String, expected: String) throws {
  let scratch = try Scratch()
  try scratch.put("file", "content")
  try scratch.put("empty", "")
  try scratch.put("é", "composed")
  try scratch.put("e\u{301}", "decomposed")
  try scratch.makeDirectory("directory")
  try scratch.makeLink("link", to: "file")
  try scratch.makeLink("loop", to: "loop")
  #expect(outcome(scratch, scratch[name]) == expected)
}

@Test(arguments: [0, 1, 4095, 4096, 4097, 70_000])
func `a file may be as long as the limit and no longer`(length: Int) throws {
  let scratch = try Scratch()
  let path = try scratch.put("file", String(repeating: "x", count: length))
  let refusal = FileFailure.tooLarge(path: path, lengthMax: length - 1)
  #expect(try FileSystem.readFile(path, lengthMax: length + 1).count == length)
  #expect(try FileSystem.readFile(path, lengthMax: length).count == length)
  #expect(try FileSystem.readFile(path, lengthMax: .max).count == length)
  if length > 0 {
    #expect(throws: refusal) { try FileSystem.readFile(path, lengthMax: length - 1) }
    #expect(refusal.message.contains("limit of \(length - 1) bytes"))
  }
}

@Test func `a file without an end stops at the limit`() {
  #expect(throws: FileFailure.tooLarge(path: "/dev/zero", lengthMax: 100_000)) {
    try FileSystem.readFile("/dev/zero", lengthMax: 100_000)
  }
}

@Test func `a file whose length the system does not know is read to its end`() throws {
  let bytes = try FileSystem.readFile("/proc/self/status", lengthMax: 100_000)
  #expect(String(decoding: bytes, as: UTF8.self).contains("Umask:"))
}

@Test func `a file that opens but cannot be read names its path`() {
  let error = SystemError(call: "read", path: "/proc/self/mem", code: EIO)
  #expect(throws: FileFailure.system(error)) {
    try FileSystem.readFile("/proc/self/mem", lengthMax: 10)
  }
}

@Test func `a pipe is read to its end, or refused without waiting for a writer`() throws {
  let scratch = try Scratch()
  let path = scratch["pipe"]
  #expect(unsafe mkfifo(path, 0o600) == 0)
  #expect(outcome(scratch, path, regularOnly: true).hasSuffix("it is not a regular file"))
  let thread = try Platform.Thread.Joinable(name: "writer") {
    guard let pipe = try? FileSystem.openExisting(path, O_WRONLY) else { return }
    try? pipe.writeAll(Array("through a pipe".utf8).span)
  }
  #expect(outcome(scratch, path) == "through a pipe")
  thread.join()
}

@Test func `a directory is listed by bytes, whatever the locale thinks`() throws {
  let scratch = try Scratch()
  let names = ["Z", "a", "ab", "e\u{301}", "z", "é", ".hidden", "日本"]
  for name in names { try scratch.put(name) }
  let listed = try FileSystem.listDirectory(scratch.path)
  let expected = [".hidden", "Z", "a", "ab", "e\u{301}", "z", "é", "日本"]
  // By bytes here too: == takes both spellings of é for one.
  #expect(listed.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
}

@Test func `many names are all listed`() throws {
  let scratch = try Scratch()
  let names = (0..<2000).map { "file-with-a-name-of-some-length-\($0 + 10_000)" }
  for name in names { #expect(unsafe close(creat(scratch[name], 0o600)) == 0) }
  #expect(try FileSystem.listDirectory(scratch.path) == names)
}

@Test(arguments: [("missing", ENOENT), ("file", ENOTDIR), ("a\0b", EINVAL)])
func `what is no directory cannot be listed`(name: String, code: Int32) throws {
  let scratch = try Scratch()
  try scratch.put("file")
  let path = scratch[name]
  #expect(throws: SystemError(call: "opendir", path: path, code: code)) {
    try FileSystem.listDirectory(path)
  }
}

@Test func `each kind of thing is told from the others`() throws {
  let scratch = try Scratch()
  try scratch.put("file", "12345", mode: 0o640)
  try scratch.makeLink("link", to: "file")
  try scratch.makeLink("dangling", to: "nowhere")
  #expect(unsafe mkfifo(scratch["pipe"], 0o600) == 0)
  let listener = try UnixListener.open(path: scratch["socket"])
  for (path, kind): (String, FileKind?) in [
    ("file", .regular), ("link", .regular), (".", .directory), ("pipe", .pipe),
    ("socket", .socket), ("dangling", nil), ("missing", nil), ("file/x", nil), ("a\0b", nil),
  ] {
    #expect(FileSystem.kind(scratch[path]) == kind, "\(path)")
    #expect(FileSystem.exists(scratch[path]) == (kind != nil), "\(path)")
    #expect((FileSystem.modificationTime(scratch[path]) == nil) == (kind == nil), "\(path)")
  }
  #expect(FileSystem.kind("/dev/null") == .characterDevice)
  let link = try FileSystem.status(scratch["link"], followingLinks: false)
  #expect(link?.kind == .symbolicLink)
  let file = try #require(try FileSystem.status(scratch["file"]))
  #expect(file.length == 5)
  #expect(file.permissions == 0o640)
  #expect(file.owner == Environment.userID)
  #expect(file.identity == (try FileSystem.status(scratch["link"]))?.identity)
  #expect(file.identity != link?.identity)
  #expect(listener.path == scratch["socket"])
}

@Test func `a status is refused where the system does not say`() throws {
  let scratch = try Scratch()
  let path = try scratch.makeLink("loop", to: "loop")
  #expect(throws: SystemError(call: "stat", path: path, code: ELOOP)) {
    try FileSystem.status(path)
  }
}

@Test func `a modification time is the one that was set, to the second and beyond any calendar`()
  throws
{
  let scratch = try Scratch()
  let path = try scratch.put("file")
  try FileManager.default.setAttributes(
    [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000.5)], ofItemAtPath: path)
  #expect(FileSystem.modificationTime(path) == .milliseconds(1_700_000_000_500))
  var status = stat()
  status.st_mtim = timespec(tv_sec: .max, tv_nsec: 999_999_999)
  #expect(FileStatus(status).modificationTime > .seconds(Int64.max))
}

@Test func `a canonical path is the same from everywhere`() throws {
  let scratch = try Scratch()
  try scratch.makeDirectory("a/b")
  let file = try scratch.put("a/file")
  try scratch.makeLink("link", to: "a/b")
  for path in ["a/file", "./a//b/../file", "link/../file"] {
    #expect(try FileSystem.canonicalPath(scratch[path]) == file)
  }
  #expect(
    throws: SystemError(call: "realpath", path: scratch["missing"], code: ENOENT)
  ) { try FileSystem.canonicalPath(scratch["missing"]) }
}

@Test func `the current directory is where relative paths start`() async {
  await #expect(processExitsWith: .success) {
    let scratch = try Scratch()
    try scratch.put("file", "here")
    #expect(unsafe chdir(scratch.path) == 0)
    #expect(try FileSystem.currentDirectory() == FileSystem.canonicalPath(scratch.path))
    #expect(try FileSystem.readFile("file", lengthMax: 10) == Array("here".utf8))
    try FileSystem.writeFileAtomically([1], to: "new")
    #expect(scratch.content("new") == "\u{1}")
    try FileManager.default.removeItem(atPath: scratch.path)
    #expect(throws: SystemError(call: "getcwd", code: ENOENT)) {
      try FileSystem.currentDirectory()
    }
  }
}
