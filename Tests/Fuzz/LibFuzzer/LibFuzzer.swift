import FuzzEntries
import Glibc

/// What libFuzzer calls for each input; its own `main` is the program's.
///
/// The one place outside Platform that takes a pointer: the C function's form is libFuzzer's. The bytes are there for
/// the length of the call, and a span over them is all that is handed on.
@c(LLVMFuzzerTestOneInput)
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  unsafe entry.run(UnsafeBufferPointer(start: start, count: count).span)
  return 0
}

/// The entry that `FLOWTIME_FUZZ_ENTRY` names.
private let entry: FuzzEntry = {
  let name = unsafe getenv("FLOWTIME_FUZZ_ENTRY").map { unsafe String(cString: $0) } ?? ""
  guard let entry = FuzzEntry(rawValue: name) else {
    let names = FuzzEntry.allCases.map(\.rawValue).joined(separator: ", ")
    print("FLOWTIME_FUZZ_ENTRY must be one of \(names), not '\(name)'")
    exit(2)
  }
  return entry
}()
