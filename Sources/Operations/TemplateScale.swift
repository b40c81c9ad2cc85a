import FlowModel
package import Source

/// How much may be made of a template or a model of few bytes: lists that are fitted to the grid, and profiles, have a value
/// for each bin, and so has every series of a run.
///
/// It is judged by the text alone, which costs next to nothing beside reading the template, and rather too high: every
/// reference may stand for a list.
package struct TemplateScale: Hashable, Sendable {
  /// Where the number of bins comes from.
  private enum Bins: Hashable, Sendable {
    case number(Int)
    case parameter(String, default: Int?)
  }

  /// What becomes of the text.
  package enum Purpose: Sendable {
    case making, running
  }

  /// Bytes of a model that a value takes which is copied, and one that is computed.
  private static let (copiedLength, computedLength) = (4, 20)

  /// Bytes for each bin.
  private let lengthOfBin: Int
  private let bins: Bins

  /// Complexity: a few times the length of the text; once where it has neither lists to fit nor profiles, and is not run.
  package init(_ text: SourceText, for purpose: Purpose = .making) {
    let fitCount = text.places(after: "fit:").count
    let profileCount = text.places(after: "profile:").count
    // What has an id has a series at least.
    let seriesCount = purpose == .running ? text.places(after: "id:").count : 0
    lengthOfBin =
      (fitCount > 0 ? text.places(after: "${").count * Self.copiedLength : 0)
      + (profileCount + seriesCount) * Self.computedLength
    bins = lengthOfBin > 0 ? Self.bins(text) : .number(0)
  }

  private static func bins(_ text: SourceText) -> Bins {
    for place in text.places(after: "bins:") {
      let place = text.skippingBlanks(place)
      if let number = text.number(at: place) { return .number(number) }
      guard text.bytes[place...].starts(with: "${".utf8) else { continue }
      let name = text.name(at: place + 2)
      if !name.isEmpty { return .parameter(name, default: defaultValue(of: name, text)) }
    }
    return .number(GridBinsRange.range.upperBound)
  }

  /// The number after the first `default:` that follows the parameter's name.
  private static func defaultValue(of name: String, _ text: SourceText) -> Int? {
    let declarations = text.places(after: "name:")
    for (index, place) in declarations.enumerated()
    where text.name(at: text.skippingBlanks(place)) == name {
      let end = declarations.dropFirst(index + 1).first ?? text.count
      let found = text.places(after: "default:").first { $0 > place && $0 < end }
      return found.flatMap { text.number(at: text.skippingBlanks($0)) }
    }
    return nil
  }

  /// Bytes that a model may have for the grid's sake, beside what the template has.
  ///
  /// - Parameter given: the value of a parameter, if it is a whole number.
  package func length(_ given: (_ name: String) -> Int?) -> Int {
    guard lengthOfBin > 0 else { return 0 }
    let range = GridBinsRange.range
    let count =
      switch bins {
      case .number(let number): number
      case .parameter(let name, let value): given(name) ?? value ?? range.upperBound
      }
    // Another number of bins is refused before anything is made.
    guard range.contains(count) else { return 0 }
    return lengthOfBin.multipliedReportingOverflow(by: count).partialValue
  }
}

extension SourceText {
  /// Where the text goes on after each place at which some bytes stand.
  fileprivate func places(after string: String) -> [Int] {
    let wanted = Array(string.utf8)
    guard let first = wanted.first else { return [] }
    var places: [Int] = []
    var rest = bytes[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: wanted) { places.append(start + wanted.count) }
      rest = rest.dropFirst()
    }
    return places
  }

  /// The place after spaces and an opening quote.
  fileprivate func skippingBlanks(_ place: Int) -> Int {
    var place = place
    while place < count, [0x20, 0x22, 0x27].contains(bytes[place]) { place += 1 }
    return place
  }

  /// The decimal number that stands at a place, if it is not too long to be one of bins.
  fileprivate func number(at place: Int) -> Int? {
    let digits = bytes[place...].prefix { (0x30...0x39).contains($0) }
    return digits.count > 9 ? nil : Int(String(decoding: digits, as: UTF8.self))
  }

  fileprivate func name(at place: Int) -> String {
    let isPart: (UInt8) -> Bool = { byte in
      byte == 0x5F || byte == 0x2D || (0x30...0x39).contains(byte)
        || (0x61...0x7A).contains(byte | 0x20)
    }
    return String(decoding: bytes[place...].prefix(while: isPart), as: UTF8.self)
  }
}
