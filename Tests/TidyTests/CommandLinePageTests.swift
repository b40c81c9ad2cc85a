import Foundation
import TestSupport
import Testing

/// The programs and their pages.
private let pages = [
  ("flowtime-sim", "docs/reference/cli.md"), ("flowtime-engine", "docs/reference/engine-cli.md"),
]

/// What a program, which the build puts beside the tests, writes to stdout.
private func output(of program: String, _ arguments: String...) throws -> String {
  let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  let process = Process()
  process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
    .appending(path: program)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0, "\(arguments)")
  return String(decoding: bytes, as: UTF8.self)
}

@Test(arguments: pages)
func `the page has the help of every command word for word`(program: String, page: String) throws {
  let page = try PackageFolder.text(page)
  let overview = try output(of: program, "--help")
  #expect(page.contains("```text\n\(overview)```"))
  let commands = overview.matches(of: #/(?m)^  ([a-z]+)  /#).map { String($0.1) }
  #expect(commands.count >= 7)
  for command in commands {
    let help = try output(of: program, command, "--help")
    #expect(page.contains("## \(command)\n"), "\(command)")
    #expect(page.contains("```text\n\(help)```"), "\(command)")
  }
  let sections = page.matches(of: /(?m)^## ([a-z]+)$/).map { String($0.1) }
  #expect(sections == commands)
}

@Test func `the page names every environment variable that the program reads`() throws {
  let page = try pages.map { try PackageFolder.text($0.1) }.joined()
  for path in PackageFolder.files(in: "Sources", endingIn: ".swift") {
    let text = try PackageFolder.text(path)
    for match in text.matches(of: /Environment\.value\(of: "([A-Z_]+)"\)/) {
      #expect(page.contains("`\(match.1)`"), "\(match.1)")
    }
  }
}
