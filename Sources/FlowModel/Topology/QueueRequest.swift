package import Source

/// What the `queueDepth` of a topology node that holds a queue asks generation to make.
///
/// Source: docs/reference/template.md, "Queues and sinks".
package enum QueueRequest: Sendable {
  case nothing
  /// `self`.
  case own(DataNode)
  /// A name that no node has.
  case named(ExactString, DataNode)
  /// Something that is not known.
  case unknown(DataNode)

  /// - Parameters:
  ///   - queueDepth: its value; nil where there is none.
  ///   - isNode: whether a node has an id, or may have it.
  /// - Returns: nil where the series is there, or is said to be.
  package init?(_ queueDepth: DataNode?, isNode: (ExactString) -> Bool) {
    guard let value = queueDepth, !value.isBlank else {
      self = .nothing
      return
    }
    guard let text = value.string else {
      self = .unknown(value)
      return
    }
    switch SeriesReference(text) {
    case .ownQueue: self = .own(value)
    case .node(let id, class: nil) where id == ExactString(text) && !isNode(id):
      self = .named(id, value)
    // A prefix or a class speaks of a series that is there; a rule says if it is not.
    case .file, .node: return nil
    }
  }

  /// Where it is written.
  package var place: ByteRange? {
    switch self {
    case .nothing: nil
    case .own(let value), .named(_, let value), .unknown(let value): value.range
    }
  }
}
