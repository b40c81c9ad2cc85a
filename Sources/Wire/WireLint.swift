import JSON

/// `lint` of a request: how much the findings of each rule weigh.
package struct WireLint: Hashable, Sendable {
  package struct Setting: Hashable, Sendable {
    /// A diagnostic's code, or `all`.
    package let code: String
    /// `off`, `warning` or `error`.
    package let weight: String
  }

  /// In the order given.
  package let settings: [Setting]

  package init(params: WireObject) throws(WireError) {
    guard let object = try params.optionalObject("lint") else {
      settings = []
      return
    }
    var settings: [Setting] = []
    for member in object.object.members {
      guard let weight = try object.optionalString(member.name) else { continue }
      settings.append(Setting(code: member.name, weight: weight))
    }
    self.settings = settings
  }
}
