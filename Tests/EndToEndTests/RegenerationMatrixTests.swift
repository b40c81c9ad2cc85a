import TestSupport
import Testing

/// Where and how one regenerates: other letters, other days, other places.
private let surroundings: [(environment: [String: String], directory: String)] = [
  ([:], "/"),
  (["LC_ALL": "C", "TZ": "UTC"], "/tmp"),
  (["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"], "/"),
  (["LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "TZ": "America/St_Johns"], "/usr"),
  (["LC_ALL": "POSIX", "TZ": ":/nowhere", "SOURCE_DATE_EPOCH": "1"], "/tmp"),
  (["LC_ALL": "th_TH.UTF-8", "TZ": "Pacific/Kiritimati", "HOME": "/nowhere"], "/usr"),
]

private let folder = Program.repository + "Tests/OperationsTests/Golden/records/0.6.0"

private let names = PackageFolder.files(
  in: "Tests/OperationsTests/Golden/records/0.6.0", endingIn: ".model.yaml"
).compactMap { $0.split(separator: "/").last.map { String($0.dropLast(11)) } }

/// `Tests/Proof/matrix` does the same with a release build.
@Test(arguments: names)
func `a record gives its model again in every locale, time zone and directory`(name: String) throws
{
  let model = try PackageFolder.text(
    "Tests/OperationsTests/Golden/records/0.6.0/\(name).model.yaml")
  let isEmbedded = model.contains("\nprovenance:\n")
  let source = isEmbedded ? "\(folder)/\(name).model.yaml" : "\(folder)/\(name).json"
  for (environment, directory) in surroundings {
    let made = try Program.run(
      ["regenerate", source, "--templates", folder + "/templates"], in: directory,
      environment: environment)
    #expect(made.status == 0, "\(made.notices)")
    #expect(made.output == Array(model.utf8), "\(environment)")
    let record = isEmbedded ? [] : ["--provenance", source]
    let verified = try Program.run(
      ["verify", "\(folder)/\(name).model.yaml", "--templates", folder + "/templates"] + record,
      in: directory, environment: environment)
    #expect(verified.status == 0, "\(verified.text)")
    #expect(verified.text.hasSuffix("byte for byte, and the same record\n"), "\(verified.text)")
  }
}

@Test func `there are records for the matrix`() {
  #expect(names.count >= 7)
}
