import TestSupport
import Testing

@Test func `only Platform imports the C library and marks anything unsafe`() {
  #expect(SourceFile.all.count > 100)
  for file in SourceFile.all where file.target != "Platform" {
    #expect(!file.imports.contains("Glibc"), "\(file.path)")
    #expect(file.places(of: "unsafe") == [])
  }
  #expect(SourceFile.all.contains { !$0.places(of: "unsafe").isEmpty })
}

@Test func `nothing that ships imports Foundation`() {
  for file in SourceFile.shipped {
    for module in file.imports { #expect(!module.hasPrefix("Foundation"), "\(file.path)") }
  }
}

/// What a trap near a user's text would be made of, and what promises too much.
private func forbidden(in file: SourceFile) -> [String] {
  file.exclamations
    + ["fatalError", "assertionFailure", "public", "unchecked"].flatMap { file.places(of: $0) }
}

@Test func `nothing that ships can trap on a missing value`() {
  for file in SourceFile.shipped { #expect(forbidden(in: file) == []) }
}

@Test(arguments: [
  ("let a = b!", 1), ("let a = b![0]!", 2), ("f(x)!.y", 1), ("var a: Int!", 1),
  ("try! f()", 1), ("a as! B", 1), ("fatalError()", 1), ("public let a = 1", 1),
  ("final class A: @unchecked Sendable {}", 1),
  ("if !a, b != c, !(d) {}", 0), ("// a! try! b", 0), ("let a = \"b! \\(c)\"", 0),
  ("let a = #\"b!\"c! \"#", 0), ("/* a! /* b! */ c! */ let d = 1", 0),
  ("let a = \"\"\"\n  b! \" c!\n  \"\"\"", 0), ("let publicity = 1", 0),
])
func `the scanner finds what is forbidden in code and nowhere else`(code: String, count: Int) {
  #expect(forbidden(in: SourceFile(path: "a.swift", text: code)).count == count)
}

@Test func `the package needs no other package`() throws {
  #expect(!(try PackageFolder.text("Package.swift")).contains(".package("))
}
