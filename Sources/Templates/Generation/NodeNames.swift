import FlowModel
import Source

/// Ids of nodes, and new ones beside them.
struct NodeNames {
  private var taken: Set<ExactString> = []
  private var trials: [ExactString: Trial] = [:]
  /// The ids that the author wrote, in order.
  private(set) var written: [ExactString] = []
  /// Whether a name is free depends on the parameters of these.
  private var variable = VariableNames()
  private let text: SourceText

  /// Names that were tried for one that was taken.
  private struct Trial {
    /// The last number that was put after the name; 0 for none.
    var number = 0
    /// The parameters of ids that were, or may be, in the way.
    var causes = Causes()
    /// How many of the parameters of each group of ids are among these.
    var counts: [Int: Int] = [:]

    mutating func add(_ names: VariableNames, of name: ExactString) {
      for group in names.groups(of: name.text) {
        let count = counts.updateValue(names.groups[group].names.count, forKey: group) ?? 0
        causes.add(names.groups[group], from: count)
      }
    }
  }

  /// - Parameter text: the template's.
  init(_ draft: ModelDraft, _ text: SourceText) {
    self.text = text
    guard draft.topologyNodes != nil else { return }
    taken.reserveCapacity(draft.nodes?.count ?? 0)
    for node in draft.nodes ?? [] {
      guard let id = node["id"] else { continue }
      if !id.causes.isEmpty { variable.add(text.ends(of: id), id.causes) }
      guard let text = id.string.map({ ExactString($0) }), taken.insert(text).inserted else {
        continue
      }
      written.append(text)
    }
  }

  func has(_ name: ExactString) -> Bool { taken.contains(name) }

  /// Takes a name that its author chose.
  mutating func take(_ name: ExactString, from node: DataNode) {
    taken.insert(name)
    if !node.causes.isEmpty { variable.add(text.ends(of: node), node.causes) }
  }

  /// Takes the first free one of `name`, `name_1`, `name_2` and so on.
  ///
  /// - Parameter node: what the name is made of.
  /// - Returns: the id, without a place.
  mutating func takeFree(_ name: String, from node: DataNode, at range: ByteRange) -> DataNode {
    let wanted = ExactString(name)
    var trial = trials[wanted] ?? Trial()
    // First, so that the names of all that are made alike are one list.
    if !node.causes.isEmpty {
      variable.add((SnakeCase.beginning(of: text.ends(of: node).first), ""), node.causes)
    }
    var free = wanted
    trial.add(variable, of: free)
    while !taken.insert(free).inserted {
      trial.number += 1
      free = ExactString("\(name)_\(trial.number)")
      trial.add(variable, of: free)
    }
    if trial.number > 0 { trials[wanted] = trial }
    trial.causes.add(node)
    return DataNode(made: free.text, at: range, causes: trial.causes.names)
  }
}

/// The name of a thing as part of a node's id.
enum SnakeCase {
  /// White space goes, an upper-case letter becomes `_` and its small form, whatever is no letter or digit becomes `_`,
  /// and `_` around the whole goes. `PickupDesk` is `pickup_desk`, `HTTPIn` is `h_t_t_p_in`.
  ///
  /// - Returns: the text itself where nothing is left.
  static func name(of text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      // So it is by its properties too, which cost more to ask for.
      if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
        name.unicodeScalars.append(scalar)
        continue
      }
      let properties = scalar.properties
      if properties.isWhitespace { continue }
      if properties.isUppercase {
        if !name.isEmpty, name.utf8.last != UInt8(ascii: "_") { name += "_" }
        name += properties.lowercaseMapping
      } else if properties.isAlphabetic || properties.numericType == .decimal {
        name.unicodeScalars.append(scalar)
      } else {
        name += "_"
      }
    }
    let underscore = UInt8(ascii: "_")
    guard let first = name.utf8.firstIndex(where: { $0 != underscore }),
      let last = name.utf8.lastIndex(where: { $0 != underscore })
    else { return text }
    return String(name[first...last])
  }

  /// What the name of every text that begins with `text` begins with, as far as that is certain.
  static func beginning(of text: String) -> String {
    let name = name(of: text)
    guard let first = name.unicodeScalars.first?.properties,
      first.isAlphabetic || first.numericType == .decimal
    else { return "" }
    return name
  }
}
