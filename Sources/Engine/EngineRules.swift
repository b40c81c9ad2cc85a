package import FlowModel
package import Source

/// What keeps a model from running beyond what validation finds, each under its code.
///
/// What a rule of FlowModel describes is reported under that rule's code.
package enum EngineRules {
  package static let all: [any Rule.Type] = [
    EngineCycle.self, EngineOutflowMissing.self, EngineRetrySourceMissing.self,
    EngineEdgeRepeated.self, EngineSeriesRepeated.self, EngineClassReserved.self,
    EngineSeriesName.self, EngineLimit.self,
  ]
}

/// Columns that wait for one another within one bin, queues, routers and limits included.
///
/// Range: the first of them in the document. Related: the others.
package enum EngineCycle: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-cycle")
}

/// A queue has neither `served` nor `capacity`, so that nothing says what leaves it.
///
/// Range: the `semantics` key.
package enum EngineOutflowMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-outflow-missing")
}

/// A queue names a `retryEcho` and a `retryKernel`, but neither `failures` nor `errors`.
///
/// Range: the value of `retryEcho`.
package enum EngineRetrySourceMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-retry-source-missing")
}

/// Two edges have the same id, or the same ends and none, and the same metric, or a series of the model has the name of an
/// edge's: only the first has a series.
///
/// Range: the `id` of the second, or the whole edge.
package enum EngineEdgeRepeated: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-edge-repeated")
  package static let severity = Severity.warning
}

/// Two topology nodes make series of the same names: only those of the first are there.
///
/// Range: the `id` of the second, or its `queueDepth`.
package enum EngineSeriesRepeated: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-series-repeated")
  package static let severity = Severity.warning
}

/// A class with a rate is called `DEFAULT`, as totals are in the ids of series.
///
/// Range: the `classId` of the arrival.
package enum EngineClassReserved: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-class-reserved")
}

/// A series cannot be written, since no file can be called as it is.
///
/// Range: the `id` of the node, edge or class that gives it its name, or what it is an id of.
package enum EngineSeriesName: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-series-name")
}

/// A model is larger than one evaluation may be; see ``EngineLimits``.
///
/// Range: the value of `grid.bins`, or what is beyond the limit.
package enum EngineLimit: Rule {
  package static let code = DiagnosticCode(rawValue: "engine-limit")
}
