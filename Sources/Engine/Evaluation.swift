import FlowModel
import Source

/// What the numbers of a series are. Raw values are those of `series/index.json`.
package enum SeriesKind: String, Hashable, Sendable {
  case flow, stock, ratio, time, edge

  /// By the name of a column.
  init(of column: String) {
    let name = ExactString(column).lowercased.text
    func has(_ words: String...) -> Bool {
      words.contains { SeriesKind.contains($0, in: name) }
    }
    self =
      if has("queue", "depth", "wip") {
        .stock
      } else if has("utilization", "efficiency", "ratio") {
        .ratio
      } else if has("time", "latency", "kingman") {
        .time
      } else {
        .flow
      }
  }

  private static func contains(_ word: String, in name: String) -> Bool {
    let (word, name) = (word.utf8.span, name.utf8.span)
    guard name.count >= word.count else { return false }
    for start in 0...(name.count - word.count) {
      var length = 0
      while length < word.count, name[start + length] == word[length] { length += 1 }
      if length == word.count { return true }
    }
    return false
  }
}

/// One column of an evaluation that is written.
package struct Series: Sendable {
  /// `served@SERVED@DEFAULT`, which is also the name of its file.
  package let id: String
  package let column: String
  /// nil for the total.
  package let className: String?
  package let kind: SeriesKind
  /// One number for each bin.
  package let values: ArraySlice<Double>

  package var unit: String { "entities/bin" }
  /// The column in upper case.
  package var componentID: String { column.uppercased() }
  /// The class, or `DEFAULT`.
  package var classLabel: String { className ?? Plan.totalClass }

  /// The bytes of its file: a header and a line for each bin, numbers without exponents.
  package var csv: [UInt8] { SeriesText.csv(values) }

  /// `sha256:` and the digest of ``csv``.
  package var hash: String { Series.hash(of: csv) }

  package static func hash(of bytes: [UInt8]) -> String {
    var sha = SHA256()
    sha.update(bytes)
    return "sha256:" + sha.finalizeHex()
  }
}

/// Something about the numbers of a topology node that is worth a look.
package struct RunWarning: Hashable, Sendable {
  package let nodeID: String
  package let code: String
  package let message: String
  package var severity: String { "warning" }
}

/// What a plan gave.
package struct Evaluation: Sendable {
  package let grid: Plan.Grid
  /// In the order in which they are listed; edges come last.
  package let series: [Series]
  /// What each node of the model gave, in the model's order, whatever its `outputs` ask for.
  package let nodes: [(id: String, values: ArraySlice<Double>)]
  package let warnings: [RunWarning]
  package let classes: [Plan.EntityClass]

  /// `full` where classes are declared, else `none`.
  package var classesCoverage: String { classes.isEmpty ? "none" : "full" }
}

extension Plan {
  /// The class of totals in the ids of series.
  package static let totalClass = "DEFAULT"

  static func seriesID(_ column: String, _ className: String?) -> String {
    "\(column)@\(column.uppercased())@\(className ?? totalClass)"
  }

  /// Computes every column.
  ///
  /// - Parameter goesOn: is told at first and then now and then how much is done, from 0 to 1; false ends the work.
  /// - Returns: nil where the work was ended. Complexity: O(instructions × bins).
  package func evaluate(goesOn: (Double) -> Bool = { _ in true }) -> Evaluation? {
    guard let values = values(goesOn: goesOn) else { return nil }
    let bins = grid.bins
    return Evaluation(
      grid: grid,
      series: outputs.map { output in
        Series(
          id: output.id, column: output.column, className: output.className, kind: output.kind,
          values: values[output.place * bins..<(output.place + 1) * bins])
      },
      nodes: nodes.map { ($0.id, values[$0.column * bins..<($0.column + 1) * bins]) },
      warnings: checks.flatMap { $0.warnings(values, bins: bins) }, classes: classes)
  }

  /// Bins that a group goes on for before it asks whether to go on.
  private static let binsPerQuestion = 512

  /// All columns, one after another.
  package func values(goesOn: (Double) -> Bool = { _ in true }) -> [Double]? {
    guard goesOn(0) else { return nil }
    let bins = grid.bins
    var values = [Double](repeating: 0, count: columnCount * bins)
    for (column, value) in fills where value != 0 || value.sign == .minus {
      for place in column * bins..<(column + 1) * bins { values[place] = value }
    }
    for (column, list) in lists {
      for (bin, value) in list.enumerated() { values[column * bins + bin] = value }
    }
    var span = values.mutableSpan
    let kernels = kernels.span
    let steps = instructions.span
    var done = 0
    for group in groups {
      if group.end - group.start == 1 {
        Machine.run(steps, group.start, 0, bins, kernels: kernels, &span)
      } else {
        for bin in 0..<bins {
          if bin % Plan.binsPerQuestion == 0, bin > 0, !goesOn(Double(done) / Double(steps.count)) {
            return nil
          }
          for place in group.start..<group.end {
            Machine.run(steps, place, bin, kernels: kernels, &span)
          }
        }
      }
      done += group.end - group.start
      guard goesOn(Double(done) / Double(steps.count)) else { return nil }
    }
    return values
  }
}
