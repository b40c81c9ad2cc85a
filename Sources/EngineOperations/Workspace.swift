/// What it takes to run models without storing anything: how large each may be, and the room that all of them share.
package struct Workspace: Sendable {
  package let limits: RunLimits
  /// For the texts of models, in bytes.
  package let texts: Room
  /// For what models are evaluated to, in numbers. Who has a share of it waits for no other.
  package let numbers: Room

  package init(limits: RunLimits = RunLimits()) {
    self.limits = limits
    texts = Room(limits.heldTextLengthMax)
    numbers = Room(limits.heldValueCountMax)
  }
}
