import FlowModel
package import JSON
import RunStore

/// Bytes that are stored, and their SHA-256 as `sha256:` and hex digits.
package struct StoredFile: Sendable {
  package let bytes: [UInt8]
  package let hash: String

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    hash = ModelHash.digest(of: bytes)
  }
}

/// A file that stands directly in the directory of a run.
package enum GetFile {
  package static func run(
    _ name: String, of run: String, in engine: Engine
  ) throws(EngineFailure) -> StoredFile {
    StoredFile(
      try EngineFailure.wrapping { () throws(RunStoreFailure) in
        try engine.store.file(name, of: run)
      })
  }
}

/// The model as it was run: without its provenance.
package enum GetModel {
  package static func run(_ run: String, in engine: Engine) throws(EngineFailure) -> StoredFile {
    StoredFile(
      try EngineFailure.wrapping { () throws(RunStoreFailure) in try engine.store.model(of: run) })
  }
}

/// What a run says of itself.
package enum GetRun {
  package struct Result: Sendable {
    /// run.json.
    package let record: JSONObject
    /// manifest.json.
    package let manifest: JSONObject
  }

  package static func run(_ run: String, in engine: Engine) throws(EngineFailure) -> Result {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in
      Result(
        record: try engine.store.record(of: run), manifest: try engine.store.manifest(of: run))
    }
  }
}

/// The record of a run in its own spelling, with the time at which it was received.
package enum GetProvenance {
  /// - Throws: ``EngineFailure``: `provenanceMissing` for a run without one.
  package static func run(_ run: String, in engine: Engine) throws(EngineFailure) -> JSONObject {
    let record = try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.provenance(of: run)
    }
    guard let record else { throw .provenanceMissing(run: run) }
    return record
  }
}

/// Which series a run has: series/index.json.
package enum GetSeriesIndex {
  package static func run(_ run: String, in engine: Engine) throws(EngineFailure) -> JSONObject {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.seriesIndex(of: run)
    }
  }
}

/// One series of a run.
package enum GetSeries {
  package struct Result: Sendable {
    /// What series/index.json says of it.
    package let entry: JSONObject
    /// `bin_index,value` and a line for each bin.
    package let csv: [UInt8]
    /// `sha256:` and the digest of ``csv``.
    package let hash: String

    /// One number for each line; nil where a line has none.
    package var values: [Double]? {
      var values: [Double] = []
      for line in csv.split(separator: 0x0A).dropFirst() {
        guard let comma = line.firstIndex(of: 0x2C),
          let value = Double(String(decoding: line[(comma + 1)...], as: UTF8.self))
        else { return nil }
        values.append(value)
      }
      return values
    }

    /// The same lines under `t,value`, as HTTP has them.
    package var table: [UInt8] {
      let lines = csv.drop { $0 != 0x0A }
      return Array("t,value".utf8) + lines
    }
  }

  /// - Parameter name: `served@SERVED@DEFAULT`, or `served` for the first series that begins with `served@`.
  package static func run(
    _ name: String, of run: String, in engine: Engine
  ) throws(EngineFailure) -> Result {
    let series = try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.series(name, of: run)
    }
    return Result(entry: series.entry, csv: series.csv, hash: ModelHash.digest(of: series.csv))
  }

  /// The first series of a run, in the order of its index.
  package static func first(
    _ countMax: Int, of run: String, in engine: Engine
  ) throws(EngineFailure) -> [Result] {
    let all = try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.firstSeries(countMax, of: run)
    }
    return all.map {
      Result(entry: $0.entry, csv: $0.csv, hash: ModelHash.digest(of: $0.csv))
    }
  }
}
