/// One thing that is asserted of the service whose contract the Engine keeps, and what the Engine does about it.
///
/// Lines are numbered within their group; one that asserts several things has several entries.
struct ContractLine: Sendable {
  enum Verdict: Sendable {
    case same
    /// Why it is otherwise here.
    case better(String)
    case notApplicable(String)

    var word: String {
      switch self {
      case .same: "same"
      case .better: "better"
      case .notApplicable: "not applicable"
      }
    }

    var why: String {
      switch self {
      case .same: ""
      case .better(let why), .notApplicable(let why): why
      }
    }
  }

  let group: String
  let number: Int
  let what: String
  let verdict: Verdict
  /// Asks an Engine with an empty store over HTTP; does nothing for what is not applicable.
  let check: @Sendable (Exchange) throws -> Void

  init(
    _ group: String, _ number: Int, _ what: String, _ verdict: Verdict = .same,
    check: @escaping @Sendable (Exchange) throws -> Void = { _ in }
  ) {
    self.group = group
    self.number = number
    self.what = what
    self.verdict = verdict
    self.check = check
  }

  /// How many lines each group has, in the order of the page.
  static let counts = [
    ("Header", 8), ("Embedded", 8), ("Precedence", 6), ("Storage", 6), ("Hash", 6), ("Strip", 7),
    ("Queries", 9), ("Registry", 14), ("Runs and exports", 3), ("Run basics", 5),
    ("Command line", 4), ("Numbers", 8),
  ]

  static let all =
    header + embedded + precedence + storage + hash + strip + queries + registry + runs + basics
    + commandLine + numbers
}
