/// What a server holds on to between messages.
package enum ServeMemory {
  /// Enough for the tree of a message of two megabytes, and not so much that one large message makes the process large
  /// for good.
  package static let freedByteCountMax = 8 << 20
}
