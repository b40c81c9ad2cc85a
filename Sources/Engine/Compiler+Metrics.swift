import FlowModel
import Source

/// Columns that are derived of one topology node; -1 for those that it has not.
struct MetricColumns {
  var effectiveCapacity = -1
  var utilization = -1
  var ratio = -1
  var queueTime = -1
  var latency = -1
  var serviceTime = -1
  var cycleTime = -1
  var efficiency = -1
  var oneMinusRho = -1
  var kingman = -1
}

extension Compiler {
  private func isKnown(_ field: SemanticsField, of station: Station) -> Bool {
    column(field, of: station) != nil
  }

  private func hasParallelism(_ station: Station) -> Bool {
    station.semantics?["parallelism"].map { !$0.isBlank } ?? false
  }

  /// Names what is derived of each topology node.
  mutating func nameMetrics() -> [MetricColumns] {
    stations.indices.map { place in
      let station = stations[place]
      var metrics = MetricColumns()
      func has(_ field: SemanticsField) -> Bool { name(field, of: station) != nil }
      let hasRho = has(.served) && has(.capacity)
      if hasRho, hasParallelism(station) {
        metrics.effectiveCapacity = made(station.snake + "_effective_capacity")
      }
      if hasRho { metrics.utilization = made(station.snake + "_utilization") }
      let hasQueueTime = station.hasQueue && isKnown(.served, of: station)
      if hasQueueTime {
        metrics.ratio = made(station.snake + "_q_ratio")
        metrics.queueTime = made(station.snake + "_queue_time_ms")
        metrics.latency = made(station.snake + "_latency_min")
      }
      let hasServiceTime =
        (station.kind == "servicewithbuffer" || station.kind == "service")
        && isKnown(.processingTimeMsSum, of: station) && isKnown(.servedCount, of: station)
      if hasServiceTime { metrics.serviceTime = made(station.snake + "_service_time_ms") }
      if hasQueueTime || hasServiceTime {
        metrics.cycleTime = made(station.snake + "_cycle_time_ms")
      }
      if hasQueueTime, hasServiceTime {
        metrics.efficiency = made(station.snake + "_flow_efficiency")
      }
      if hasRho, hasServiceTime {
        metrics.oneMinusRho = made(station.snake + "_one_minus_rho")
        metrics.kingman = made(station.snake + "_kingman_wq")
      }
      return metrics
    }
  }

  mutating func emitMetrics(_ all: [MetricColumns], _ grid: Plan.Grid) {
    for (station, metrics) in zip(stations, all) { emit(metrics, of: station, grid) }
  }

  private mutating func emit(_ metrics: MetricColumns, of station: Station, _ grid: Plan.Grid) {
    own(station.id.text, station.value["id"]?.range ?? station.value.range, station.path)
    if metrics.utilization >= 0 {
      guard let served = needed(.served, of: station), var capacity = needed(.capacity, of: station)
      else { return }
      if metrics.effectiveCapacity >= 0 {
        guard let servers = parallelism(of: station) else { return }
        emit(Instruction(.multiply, out: metrics.effectiveCapacity, capacity, servers))
        capacity = metrics.effectiveCapacity
      }
      emit(Instruction(.divide, out: metrics.utilization, served, capacity))
    }
    if metrics.ratio >= 0, let served = column(.served, of: station) {
      emit(Instruction(.divide, out: metrics.ratio, station.queue, served))
      emit(
        Instruction(
          .multiply, out: metrics.queueTime, metrics.ratio, literal(grid.binMilliseconds)))
      emit(
        Instruction(
          .multiply, out: metrics.latency, metrics.queueTime, literal(1.6666666666666667e-5)))
    }
    if metrics.serviceTime >= 0, let sum = column(.processingTimeMsSum, of: station),
      let count = column(.servedCount, of: station)
    {
      emit(Instruction(.divide, out: metrics.serviceTime, sum, count))
    }
    switch (metrics.queueTime >= 0, metrics.serviceTime >= 0) {
    case (true, true):
      emit(Instruction(.add, out: metrics.cycleTime, metrics.queueTime, metrics.serviceTime))
      emit(Instruction(.divide, out: metrics.efficiency, metrics.serviceTime, metrics.cycleTime))
    case (true, false): emit(Instruction(.copy, out: metrics.cycleTime, metrics.queueTime))
    case (false, true): emit(Instruction(.copy, out: metrics.cycleTime, metrics.serviceTime))
    case (false, false): break
    }
    guard metrics.kingman >= 0 else { return }
    // Its sign is the opposite of its name, as others have it.
    emit(Instruction(.add, out: metrics.oneMinusRho, metrics.utilization, literal(-1)))
    let idle = derive(.multiply, metrics.oneMinusRho, literal(-1))
    let load = derive(.divide, metrics.utilization, idle)
    let arrivals = variation(.arrivals, of: station)
    let service = variation(.processingTimeMsSum, of: station)
    let spread = (arrivals * arrivals + service * service) / 2
    let wait = derive(.multiply, load, literal(spread))
    emit(Instruction(.multiply, out: metrics.kingman, wait, metrics.serviceTime))
  }

  private mutating func parallelism(of station: Station) -> Int? {
    guard let value = station.semantics?["parallelism"] else { return nil }
    if let number = value.number { return literal(number.double) }
    if let text = value.string, let column = byName[ExactString(text)] { return column }
    parts.findings.add(
      ParallelismUnknownSeries.code, at: value.range,
      "no series \(value.string.map(quoted) ?? value.described)",
      path: station.path + "semantics" + "parallelism")
    return nil
  }

  /// The coefficient of variation of the pmf node that a field names; 0 for every other kind.
  private mutating func variation(_ field: SemanticsField, of station: Station) -> Double {
    guard let (name, _) = name(field, of: station), let place = nodeOf[name] else { return 0 }
    return moments(of: nodes[place])?.variation ?? 0
  }
}

extension Plan.Grid {
  /// Units of which nothing is known count as minutes, weeks too: other Engines have it so.
  var binMilliseconds: Double {
    let unit: Double =
      switch binUnit.lowercased() {
      case "ms", "milliseconds": 1
      case "s", "seconds": 1000
      case "h", "hr", "hours": 3_600_000
      case "d", "days": 86_400_000
      default: 60_000
      }
    return Double(binSize) * unit
  }
}
