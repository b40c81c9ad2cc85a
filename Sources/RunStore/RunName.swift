import FlowModel

/// The names of runs and of their files.
enum RunName {
  /// `run_20250925T120000Z_0a1b2c3d`.
  static func make(at time: Timestamp, suffix: UInt32) -> String {
    let digits = String(suffix, radix: 16)
    return "run_" + time.basic(withFraction: false) + "_"
      + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  /// When a run of this name was made; nil where the name is not of the form that the index lists.
  ///
  /// Names of one second are told apart by their third part; so names in the order of their bytes are in that of time.
  static func created(_ name: String) -> Timestamp? {
    let parts = name.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual("run".utf8), parts[1].count == 16,
      FileName.isPlain(name), !parts[2].isEmpty
    else { return nil }
    let text = Array(parts[1])
    let date =
      String(decoding: text[0..<4], as: UTF8.self) + "-"
      + String(decoding: text[4..<6], as: UTF8.self) + "-"
      + String(decoding: text[6..<8], as: UTF8.self)
    let time =
      String(decoding: text[9..<11], as: UTF8.self) + ":"
      + String(decoding: text[11..<13], as: UTF8.self) + ":"
      + String(decoding: text[13..<15], as: UTF8.self)
    guard text[8] == UInt8(ascii: "T"), text[15] == UInt8(ascii: "Z"),
      let moment = Timestamp.Reading(rfc3339: date + "T" + time + "Z")?.timestamp,
      name.utf8.allSatisfy({ $0 < 0x80 })
    else { return nil }
    return moment
  }
}
