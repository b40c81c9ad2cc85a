import Foundation
import TestSupport

// Writes the inputs of one entry, each into a file of its own: fuzz-seeds ENTRY FOLDER.
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let entry = arguments.first, let folder = arguments.last else {
  print("usage: fuzz-seeds ENTRY FOLDER")
  exit(2)
}
let target = URL(fileURLWithPath: folder, isDirectory: true)
try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
let inputs = try FuzzSeeds.inputs(for: entry)
for (number, input) in inputs.enumerated() {
  try Data(input).write(to: target.appending(path: "seed-\(number)"))
}
