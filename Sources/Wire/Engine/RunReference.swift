/// The run that a method is about.
package struct RunReference: WireParams {
  package var runID: String

  package init(runID: String) {
    self.runID = runID
  }

  package init(params: WireObject) throws(WireError) {
    runID = try params.string("runId")
  }
}

/// The runs that a method is about, in the order in which they are dealt with.
package struct RunReferences: WireParams {
  package var runIDs: [String]

  package init(params: WireObject) throws(WireError) {
    runIDs = try params.strings("runIds")
  }
}
