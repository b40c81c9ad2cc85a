import FlowModel

/// One series of a run as it is stored: what the index says of it, and the bytes of its file.
package struct StoredSeries: Hashable, Sendable {
  /// `served@SERVED@DEFAULT`; it names the file.
  package let id: String
  /// `flow`, `stock`, `ratio`, `time` or `edge`.
  package let kind: String
  package let unit: String
  package let componentID: String
  /// `DEFAULT` for a total, else the id of a declared class.
  package let classID: String
  /// How many values it has, one a bin.
  package let points: Int
  package let csv: [UInt8]
  /// `sha256:` and 64 hex digits over ``csv``.
  package let hash: String

  package init(
    id: String, kind: String, unit: String = "entities/bin", componentID: String,
    classID: String = "DEFAULT", points: Int, csv: [UInt8]
  ) {
    self.id = id
    self.kind = kind
    self.unit = unit
    self.componentID = componentID
    self.classID = classID
    self.points = points
    self.csv = csv
    hash = "sha256:" + SHA256.hex(of: csv)
  }

  /// Where the file is, from the directory of the run.
  package var path: String { "series/" + id + ".csv" }

  /// `fallback` for a total, `specific` for the part of a class.
  package var classKind: String { classID == "DEFAULT" ? "fallback" : "specific" }
}
