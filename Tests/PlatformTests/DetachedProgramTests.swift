import Glibc
import Testing

@testable import Platform

/// Waits for the end of a program and returns its status.
private func ending(_ program: DetachedProgram) throws -> Int32 {
  while true {
    if let status = program.ending() { return status }
    _ = try Poll.wait(on: [], timeout: .milliseconds(1))
  }
}

@Test(arguments: [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137)])
func `the end of a detached program is told`(script: String, status: Int32) throws {
  let scratch = try Scratch()
  let program = try DetachedProgram.start("/bin/sh", ["-c", script], log: scratch["log"])
  #expect(try ending(program) == status)
}

@Test func `a detached program has a session, nothing to read and a log of its own`() async throws {
  // In a process where nobody else opens and starts anything meanwhile.
  await #expect(processExitsWith: .success) {
    let scratch = try Scratch()
    let inherited = dup(2)  // goes to children, as what an editor left open does
    #expect(inherited > 2)
    let script = "cat; echo unheard; echo $(ls /proc/self/fd) $(cut -d' ' -f6 /proc/$$/stat) $$ >&2"
    for _ in 0..<2 {
      #expect(
        try ending(DetachedProgram.start("/bin/sh", ["-c", script], log: scratch["log"])) == 0)
    }
    // It goes to others as it did before.
    #expect(fcntl(inherited, F_GETFD) == 0)
    let lines = (scratch.content("log") ?? "").split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      // The last descriptor is the one by which `ls` reads the directory.
      #expect(numbers.dropLast(2) == [0, 1, 2, 3], "\(line)")
      #expect(numbers.suffix(2).first == numbers.last, "\(line)")
    }
    #expect(try scratch.mode("log") == 0o600)
  }
}

@Test func `a log that has grown long is begun anew`() throws {
  let scratch = try Scratch()
  for (length, kept) in [
    (DetachedProgram.logLengthMax, true), (DetachedProgram.logLengthMax + 1, false),
  ] {
    let old = String(repeating: "x", count: length)
    try scratch.put("log", old, mode: 0o600)
    let program = try DetachedProgram.start("/bin/sh", ["-c", "echo new >&2"], log: scratch["log"])
    #expect(try ending(program) == 0)
    #expect(scratch.content("log") == (kept ? old : "") + "new\n")
  }
}

@Test(arguments: ["/nowhere/program", "/dev/null"])
func `a program that cannot run is told at once`(path: String) throws {
  let scratch = try Scratch()
  let error = #expect(throws: SystemError.self) {
    try DetachedProgram.start(path, [], log: scratch["log"])
  }
  #expect(error?.message.contains(path) == true)
}

@Test func `a log is not written through a symbolic link`() throws {
  let scratch = try Scratch()
  try scratch.makeLink("log", to: scratch["target"])
  #expect(throws: SystemError.self) {
    try DetachedProgram.start("/bin/true", [], log: scratch["log"])
  }
  #expect(scratch.names == ["log"])
}
