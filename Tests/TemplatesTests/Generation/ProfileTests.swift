import FlowModel
import Source
import Testing

@Test(arguments: [
  (
    DayCurve.weekdayOffice,
    [0.26991565135895035, 0.618556701030928, 1.9119025304592319, 1.1996251171508905]
  ),
  (
    .threeShift,
    [0.898876404494382, 0.9937578027465667, 1.1335830212234705, 0.9737827715355805]
  ),
  (
    .hubRushHour,
    [0.25806451612903225, 0.7903225806451613, 1.064516129032258, 1.8870967741935485]
  ),
])
func `a built-in profile spreads the day over four bins`(curve: DayCurve, weights: [Double]) {
  #expect(curve.weights(count: 4) == weights)
}

/// Values to twelve digits behind the point, by bin.
@Test(arguments: [
  (
    DayCurve.weekdayOffice, 12,
    [
      0: 0.271612700409, 1: 0.227601383213, 2: 0.289217227287, 3: 0.62244577177, 4: 1.30776485382,
      5: 1.823325998114, 6: 1.923923294561, 7: 1.672430053442, 8: 1.483810122603,
      9: 1.207167557372, 10: 0.724300534423, 11: 0.446400502986,
    ]
  ),
  (
    .weekdayOffice, 24,
    [
      0: 0.271449142558, 1: 0.242544835711, 2: 0.227464327792, 3: 0.226207618798,
      4: 0.289043068464, 5: 0.420997512763, 11: 1.925906532269, 23: 0.373870925514,
    ]
  ),
  (.hubRushHour, 24, [8: 1.71344429075, 18: 1.879434206416]),
  (.threeShift, 24, [11: 1.142398324315]),
])
func `a built-in profile spreads the day over more bins`(
  curve: DayCurve, count: Int, some: [Int: Double]
) {
  let weights = curve.weights(count: count)
  #expect(weights.count == count)
  for (bin, weight) in some { #expect(abs(weights[bin] - weight) <= 5e-13, "bin \(bin)") }
}

@Test(arguments: DayCurve.allCases, [1, 2, 23, 287, 288, 289, 1_000, 10_000])
func `the weights of a profile have the mean one and are positive`(curve: DayCurve, count: Int) {
  let weights = curve.weights(count: count)
  #expect(weights.count == count)
  #expect(abs(weights.reduce(0, +) / Double(count) - 1) < 1e-12)
  #expect(weights.allSatisfy { $0 > 0 })
}

private func template(_ node: String, bins: String = "3", parameters: String = "") -> String {
  """
  metadata: {id: shop}
  parameters: [\(parameters)]
  grid: {bins: \(bins), binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: pmf, \(node)}
  outputs: [{series: demand}]

  """
}

private let dice = "pmf: {values: [10, 30], probabilities: [0.5, 0.5]}"

@Test(arguments: [
  ("\(dice), profile: {kind: inline, weights: [1, 2, 3]}", "[10,20,30]"),
  ("\(dice), profile: {kind: inline, weights: [7, 7, 7]}", "[20,20,20]"),
  ("\(dice), profile: {kind: inline, weights: [0, 0, 0.1]}", "[0,0,60]"),
  (
    "pmf: {values: [0.1, 0.2], probabilities: [0.25, 0.75]}, profile: {kind: inline, weights: [1, 1, 4]}",
    "[0.08750000000000001,0.08750000000000001,0.35000000000000003]"
  ),
  ("\(dice), profile: {kind: inline, weights: \"${load}\"}", "[15,30,15]"),
])
func `an inline profile spreads the expected value by its weights`(node: String, values: String)
  throws
{
  let load =
    node.contains("${load}") ? "{name: load, type: array, default: [1, 2], fit: repeat}" : ""
  let generated = try Generated(template(node, parameters: load))
  #expect(generated["nodes.demand.kind"] == #""const""#)
  #expect(generated["nodes.demand.values"] == values)
  #expect(generated["nodes.demand.pmf"] == nil)
  #expect(generated["nodes.demand.metadata.origin/kind"] == #""pmf""#)
  #expect(generated["nodes.demand.metadata.profile/kind"] == #""inline""#)
  #expect(generated["nodes.demand.metadata.profile/name"] == nil)
}

@Test(arguments: ["{name: Weekday-Office}", "{kind: builtin, name: weekday-office}"])
func `a built-in profile gives a day that is not flat and has the expected mean`(profile: String)
  throws
{
  let generated = try Generated(
    template(
      "\(dice), metadata: {owner: sales, pmf.expected: \"0\"}, profile: \(profile)", bins: "12"))
  let values = (generated.model["nodes"]?.items.first?["values"]?.items ?? []).compactMap {
    $0.number?.double
  }
  #expect(values == DayCurve.weekdayOffice.weights(count: 12).map { $0 * 20 })
  #expect(abs(values.reduce(0, +) / 12 - 20) < 0.01)
  #expect(Set(values).count > 6)
  #expect(
    generated["nodes.demand.metadata"]
      == #"{"owner":"sales","origin.kind":"pmf","profile.kind":"builtin","profile.name":"weekday-office","pmf.expected":"20"}"#
  )
}

@Test func `the expected value is a plain sum and is kept to seventeen digits`() throws {
  let generated = try Generated(
    template(
      "pmf: {values: [0.1, 0.2, 0.7], probabilities: [0.3333333, 0.3333333, 0.3333334]}, profile: {name: three-shift}"
    ))
  let expected = 0.1 * 0.3333333 + 0.2 * 0.3333333 + 0.7 * 0.3333334
  #expect(
    generated["nodes.demand.metadata.pmf/expected"] == "\"\(expected.seventeenDigits)\"")
}

@Test func `a pmf without a profile stays a pmf`() throws {
  let generated = try Generated(template(dice))
  #expect(
    generated["nodes.demand"]
      == #"{"id":"demand","kind":"pmf","pmf":{"values":[10,30],"probabilities":[0.5,0.5]}}"#)
}

@Test(arguments: [
  (
    "pmf: {values: [1.0e+308, 1.7e+308], probabilities: [0.5, 0.5]}, profile: {kind: inline, weights: [0, 0, 3]}",
    ["number-out-of-range"]
  ),
  (
    "\(dice), profile: {kind: inline, weights: [1.7e+308, 1.7e+308, 1.7e+308]}",
    ["profile-weights-zero-mean"]
  ),
  ("\(dice), profile: {kind: inline, weights: [0, 0, 5.0e-324]}", ["profile-weights-zero-mean"]),
  ("\(dice), profile: {kind: inline, weights: \"${load}\"}", ["array-length-grid"]),
])
func `a profile that leads beyond all numbers, or does not fit the grid, is one error`(
  node: String, codes: [String]
) throws {
  let load = node.contains("${load}") ? "{name: load, type: array, default: [1, 2]}" : ""
  #expect(try Rendered(template(node, parameters: load)).codes == codes)
}
