package import JSON

/// A run that was evaluated and is to be stored.
package struct FinishedRun: Sendable {
  package struct Grid: Hashable, Sendable {
    package var bins: Int
    package var binSize: Int
    package var binUnit: String

    package init(bins: Int, binSize: Int, binUnit: String) {
      self.bins = bins
      self.binSize = binSize
      self.binUnit = binUnit
    }
  }

  /// A class that the model declares.
  package struct Class: Hashable, Sendable {
    package var id: String
    package var displayName: String
    package var description: String

    package init(id: String, displayName: String? = nil, description: String = "") {
      self.id = id
      self.displayName = displayName ?? id
      self.description = description
    }
  }

  /// What the evaluation has to say of a node.
  package struct Warning: Hashable, Sendable {
    package var nodeID: String
    package var code: String
    package var message: String
    package var severity: String

    package init(nodeID: String, code: String, message: String, severity: String = "warning") {
      self.nodeID = nodeID
      self.code = code
      self.message = message
      self.severity = severity
    }
  }

  /// The text that was run: exactly the input in the file form, without its provenance in the store.
  package var model: [UInt8]
  package var grid: Grid
  package var classes: [Class]
  /// In the order in which they are listed.
  package var series: [StoredSeries]
  package var warnings: [Warning]
  /// The record as it came, in either spelling; nil where the model has none.
  package var provenance: JSONObject?
  /// The seed that the model names.
  package var seed: Int?

  package init(
    model: [UInt8], grid: Grid, classes: [Class] = [], series: [StoredSeries],
    warnings: [Warning] = [], provenance: JSONObject? = nil, seed: Int? = nil
  ) {
    self.model = model
    self.grid = grid
    self.classes = classes
    self.series = series
    self.warnings = warnings
    self.provenance = provenance
    self.seed = seed
  }
}
