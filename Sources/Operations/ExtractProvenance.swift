package import FlowModel
package import Source

/// A model in; its record and the model without it out.
package enum ExtractProvenance {
  package static func run(_ model: SourceText) throws(OperationFailure)
    -> ProvenanceBlock.Extraction
  {
    do throws(ProvenanceBlock.Failure) {
      return try ProvenanceBlock.extract(from: model)
    } catch {
      throw OperationFailure(error, in: model)
    }
  }
}
