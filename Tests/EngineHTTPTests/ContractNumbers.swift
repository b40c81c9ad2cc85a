import Engine
import FlowModel
import JSON
import Source
import Testing

private func grid(_ bins: Int) -> String {
  "schemaVersion: 1\ngrid: {bins: \(bins), binSize: 1, binUnit: hours}\n"
}

/// A queue of a topology, after nodes that it names.
private func desk(_ nodes: String, _ stations: String, bins: Int = 3, more: String = "") -> String {
  grid(bins) + "nodes:\n" + nodes + "topology:\n  nodes:\n" + stations + "  edges: []\n" + more
}

private func const(_ id: String, _ values: String) -> String {
  "  - {id: \(id), kind: const, values: [\(values)]}\n"
}

private func expr(_ id: String, _ text: String) -> String {
  "  - {id: \(id), kind: expr, expr: \"\(text)\"}\n"
}

private let classModel =
  grid(2) + """
    classes: [{id: air}, {id: ground}]
    traffic:
      arrivals:
        - {nodeId: parcels, classId: air, pattern: {kind: constant, ratePerBin: 8}}
        - {nodeId: parcels, classId: ground, pattern: {kind: constant, ratePerBin: 2}}
    nodes:
      - {id: parcels, kind: const, values: [10, 10]}
      - {id: route_air, kind: const, values: [0, 0]}
      - {id: route_ground, kind: const, values: [0, 0]}
      - id: split
        kind: router
        inputs: {queue: parcels}
        routes: [{target: route_air, classes: [air]}, {target: route_ground, classes: [ground]}]
    """ + "\n"

extension ContractLine {
  static let basics: [ContractLine] = {
    let group = "Run basics"
    return [
      ContractLine(group, 1, "a bad expression: 400 with an error") { (exchange) throws in
        let reply = try exchange.run(smallModel.replacing("demand * 0.8", with: "demand *"))
        #expect(reply.status == 400 && reply["error"]?.stringValue?.isEmpty == false)
      },
      ContractLine(group, 1, "an old document: 400 that says arrivals") { (exchange) throws in
        let reply = try exchange.run(
          "schemaVersion: 1\narrivals: {kind: rate, ratePerBin: 10}\nroute: {id: work}\n")
        #expect(reply.status == 400)
        #expect(reply["error"]?.stringValue?.contains("arrivals") == true)
      },
      ContractLine(group, 2, "health, and a run of three bins") { (exchange) throws in
        #expect(try exchange.get("/healthz").body == #"{"status":"ok"}"#)
        let reply = try exchange.run(smallModel)
        #expect(reply["series"]?.objectValue?["served"] == [8, 8, 8])
        #expect(reply["grid"]?.objectValue?["bins"] == 3)
      },
      ContractLine(group, 3, "the graph has each node once, and inputs that are nodes") {
        (exchange) throws in
        let reply = try exchange.send("POST", "/v1/graph", [], smallModel)
        let order = (reply["order"]?.arrayValue ?? []).compactMap(\.stringValue)
        #expect(Set(order).count == 2 && order == ["demand", "served"])
        #expect(
          reply["edges"] == [
            ["id": "demand", "inputs": []], ["id": "served", "inputs": ["demand"]],
          ])
      },
      ContractLine(group, 4, "HTTP gives what evaluation gives; the router of classes too") {
        (exchange) throws in
        let (plan, _) = Plan.compile(ModelDocument(SourceText(classModel)), layout: .request)
        let run = try #require(plan?.evaluate())
        let reply = try exchange.run(classModel)
        #expect(reply.status == 200, "\(reply.body)")
        let id = try #require(reply["runId"]?.stringValue)
        for (name, value) in [("route_air", "8"), ("route_ground", "2")] {
          #expect(try exchange.series(name, of: id) == [value, value])
          let series = run.series.first { $0.column == name && $0.className == nil }
          #expect(series?.values.allSatisfy { "\(Int($0))" == value } == true)
        }
      },
      ContractLine(
        group, 5, "an id that follows from the model",
        .notApplicable("runs of a store are named by time; the form for files has such an id")),
    ]
  }()

  static let numbers: [ContractLine] = {
    let group = "Numbers"
    return [
      ContractLine(group, 1, "divisions by 0, NaN and infinity") { (exchange) throws in
        let nodes =
          const("x", "3") + const("zero", "0") + const("big", "1e308") + expr("inf", "big * 10")
          + expr("nan", "inf - inf") + expr("a", "x / zero") + expr("b", "x / nan")
          + expr("c", "x / inf") + expr("d", "MOD(x, zero)") + expr("e", "FLOOR(nan)")
          + expr("f", "CEIL(nan)") + expr("g", "ROUND(nan)") + expr("h", "MOD(nan, x)")
          + expr("i", "STEP(nan, x)")
        let reply = try exchange.run(grid(1) + "nodes:\n" + nodes)
        let found = try #require(reply["series"]?.objectValue, "\(reply.body)")
        for (name, value) in [
          ("a", 0), ("b", "NaN"), ("c", 0), ("d", 0), ("e", "NaN"), ("f", "NaN"), ("g", "NaN"),
          ("h", "NaN"), ("i", 0), ("inf", "inf"),
        ] as [(String, JSONValue)] {
          #expect(found[name] == [value], "\(name)")
        }
      },
      ContractLine(group, 2, "a queue takes what is not finite for 0") { (exchange) throws in
        let nodes =
          const("big", "1e308, 0, 0") + expr("inf", "big * 10") + expr("nan", "inf - inf")
          + expr("load", "nan + 5") + expr("flood", "inf + 5") + const("out", "2, 2, 2")
        let stations =
          "    - {id: A, kind: queue, semantics: {arrivals: load, served: out}}\n"
          + "    - {id: B, kind: queue, semantics: {arrivals: flood, served: out}}\n"
        let id = try exchange.stored(desk(nodes, stations))
        for name in ["a_queue", "b_queue"] {
          #expect(try exchange.series(name, of: id) == ["0", "3", "6"])
        }
      },
      ContractLine(group, 2, "a limit of 0 lets everything flow over") { (exchange) throws in
        let nodes = const("load", "10, 10, 10") + const("out", "5, 5, 5")
        let stations =
          "    - {id: A, kind: queue, wipLimit: 0, semantics: {arrivals: load, served: out}}\n"
        let id = try exchange.stored(desk(nodes, stations))
        #expect(try exchange.series("a_queue", of: id) == ["0", "0", "0"])
        #expect(try exchange.series("a_overflow", of: id) == ["5", "5", "5"])
      },
      ContractLine(group, 3, "what flows over goes where it is sent") { (exchange) throws in
        let nodes =
          const("load", "15, 15, 15") + const("out", "5, 5, 5") + const("none", "0, 0, 0")
        let main = "id: Main, kind: queue, wipLimit: 10, semantics: {arrivals: load, served: out}"
        let dead = "    - {id: Dead, kind: dlq, semantics: {arrivals: none, served: none}}\n"
        let id = try exchange.stored(
          desk(nodes, "    - {\(main), wipOverflow: Dead}\n" + dead))
        #expect(try exchange.series("main_queue", of: id) == ["10", "10", "10"])
        #expect(try exchange.series("dead_queue", of: id) == ["0", "10", "20"])
        let lost = try exchange.stored(desk(nodes, "    - {\(main)}\n" + dead))
        #expect(try exchange.series("dead_queue", of: lost) == ["0", "0", "0"])
      },
      ContractLine(group, 3, "limits that change, chains, and loops, which are refused") {
        (exchange) throws in
        let nodes =
          const("load", "10, 10, 10") + const("none", "0, 0, 0") + const("limit", "10, 5, 8")
        func chain(_ last: String) -> String {
          "    - {id: A, kind: queue, wipLimitSeries: limit, wipOverflow: B, semantics: {arrivals: load, served: none}}\n"
            + "    - {id: B, kind: queue, wipLimit: 3, wipOverflow: C, semantics: {arrivals: none, served: none}}\n"
            + "    - {id: C, kind: queue, \(last)semantics: {arrivals: none, served: none}}\n"
        }
        let id = try exchange.stored(desk(nodes, chain("")))
        #expect(try exchange.series("a_queue", of: id) == ["10", "5", "8"])
        #expect(try exchange.series("b_queue", of: id) == ["0", "3", "3"])
        #expect(try exchange.series("c_queue", of: id) == ["0", "12", "19"])
        let loop = try exchange.run(desk(nodes, chain("wipLimit: 1, wipOverflow: A, ")))
        #expect(loop.status == 400 && loop.body.contains("cycle"))
      },
      ContractLine(group, 4, "a constraint is shared by demand") { (exchange) throws in
        func shares(_ first: String, _ second: String, _ capacity: String) throws -> [[String]] {
          let nodes =
            const("a", first) + const("b", second) + const("none", "0") + const("cap", capacity)
            + expr("total", "a + b")
          let stations = ["a", "b"].map {
            "    - {id: Q\($0), kind: queue, constraints: [c], semantics: {arrivals: \($0), served: none}}\n"
          }.joined()
          let id = try exchange.stored(
            desk(
              nodes, stations, bins: 1,
              more: "  constraints: [{id: c, semantics: {arrivals: total, served: cap}}]\n"))
          return try ["qa_queue", "qb_queue"].map { try exchange.series($0, of: id) }
        }
        #expect(try shares("60", "60", "80") == [["40"], ["40"]])
        #expect(try shares("30", "40", "100") == [["30"], ["40"]])
        #expect(try shares("60", "60", "0") == [["0"], ["0"]])
      },
      ContractLine(
        group, 4, "a consumer of both shares sees 80",
        .notApplicable(
          "the golden runs, which decide, hold back what queues take, not served series")),
      ContractLine(group, 5, "a schedule leaves the series that it gates to other readers") {
        (exchange) throws in
        let nodes =
          const("load", "4, 4, 4") + const("out", "10, 10, 10") + const("base", "3, 3, 3")
          + expr("cap", "base * 2") + expr("reader", "out * 1")
        let stations =
          "    - {id: A, kind: queue, dispatchSchedule: {kind: time-based, periodBins: 2, capacitySeries: cap}, semantics: {arrivals: load, served: out}}\n"
        let id = try exchange.stored(desk(nodes, stations))
        #expect(try exchange.series("reader", of: id) == ["10", "10", "10"])
        #expect(try exchange.series("a_gated_outflow", of: id) == ["6", "0", "6"])
        #expect(try exchange.series("a_queue", of: id) == ["0", "4", "2"])
      },
      ContractLine(
        group, 5, "no warning of a queue's depth because of its schedule",
        .notApplicable("the golden runs, which decide, replay depths without schedules")),
      ContractLine(group, 6, "SHIFT by 0, by more than there is, and by less than 0") {
        (exchange) throws in
        let nodes =
          const("x", "1, 2, 3") + expr("same", "SHIFT(x, 0)") + expr("gone", "SHIFT(x, 5)")
          + expr("copy", "x") + expr("more", "copy + 1")
        let reply = try exchange.run(grid(3) + "nodes:\n" + nodes)
        let found = try #require(reply["series"]?.objectValue, "\(reply.body)")
        #expect(found["same"] == [1, 2, 3] && found["gone"] == [0, 0, 0])
        #expect(found["copy"] == [1, 2, 3] && found["more"] == [2, 3, 4])
        let bad = grid(3) + "nodes:\n" + const("x", "1, 2, 3") + expr("y", "SHIFT(x, -1)")
        #expect(try exchange.run(bad).status == 400)
      },
      ContractLine(
        group, 7, "metrics that are undefined are null",
        .notApplicable("the golden runs, which decide, have 0")),
      ContractLine(
        group, 8, "the generator of random numbers",
        .notApplicable("no number of a run is random; the seed is recorded")),
    ]
  }()
}
