import CommandLine
import Platform

// Order matters: a missing standard stream must not be taken by a file that is opened later.
try? StandardStream.openMissing()
exitProcess(Program.engine.run(Array(Environment.arguments.dropFirst())).rawValue)
