import Foundation

// What JSONSerialization reaches: foundation OPERATION FILE SECONDS prints the nanoseconds that one run takes.
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 3, let seconds = arguments.last.flatMap(Double.init) else {
  print("usage: foundation parse|write FILE SECONDS")
  exit(2)
}
let data = try Data(contentsOf: URL(fileURLWithPath: arguments[2]))
let value = try JSONSerialization.jsonObject(with: data)
let isParsing = arguments.first == "parse"
let clock = ContinuousClock()
let start = clock.now
let end = start + .seconds(seconds)
var now = start
var runs = 0.0
while now < end {
  if isParsing {
    _ = try JSONSerialization.jsonObject(with: data)
  } else {
    _ = try JSONSerialization.data(withJSONObject: value)
  }
  runs += 1
  now = clock.now
}
print((now - start) / .nanoseconds(1) / runs)
