import FlowModel
import Source

/// Puts values into holes, one after the other in the order of the document: all together may bring only so much.
struct HoleFilling {
  /// What is wrong with a value where it would go.
  enum Problem {
    case listInText(parameter: Int)
    case negativeInList(parameter: Int)
    case tooManyValues
    case tooMuchText
  }

  private let values: BoundValues
  /// Problems of the holes filled so far.
  private(set) var problems: [Problem] = []
  private var room = Room()

  init(_ values: BoundValues) {
    self.values = values
  }

  /// The scalar with values in place; unknown where one is missing or cannot stand there.
  ///
  /// - Parameter pieces: those of all holes.
  mutating func fill(_ hole: Hole, _ pieces: [Hole.Piece]) -> DataNode {
    if hole.isWhole, case .parameter(let index) = pieces[hole.pieces.lowerBound] {
      return whole(index, hole)
    }
    var result = ""
    var isKnown = !hole.isBroken
    var layout = hole.isExpression ? TextPieces() : nil
    for (place, index) in hole.pieces.enumerated() {
      switch pieces[index] {
      case .literal(let literal):
        result += literal
        layout?.append(hole.places[place])
      case .parameter(let index):
        if let spelling = spelling(of: index, hole) {
          result += spelling
          layout?.append(hole.places[place], stretchedTo: spelling.utf8.count)
        } else {
          isKnown = false
        }
      }
    }
    return isKnown
      ? DataNode(.string(result), at: hole.range, causes: hole.causes, pieces: layout)
      : DataNode(.unknown, at: hole.range)
  }

  /// The problems since this was asked last.
  mutating func takeProblems() -> [Problem] {
    defer { problems = [] }
    return problems
  }

  private mutating func whole(_ index: Int, _ hole: Hole) -> DataNode {
    guard let value = values[index], takeRoom(for: value) else {
      return DataNode(.unknown, at: hole.range)
    }
    guard !hole.isExpression || fitsExpression(value, index) else {
      return DataNode(.unknown, at: hole.range)
    }
    let content: DataNode.Content =
      switch value {
      case _ where hole.isExpression: .string(values.term(index))
      case .bool(let flag): .bool(flag)
      case .number(let number): .number(number)
      case .string(let string): .string(string.text)
      case .array(let numbers): .sequence(items(numbers, hole))
      }
    let length = hole.isExpression ? values.term(index).utf8.count : 0
    return DataNode(
      content, at: hole.range, causes: hole.causes,
      pieces: hole.isExpression
        ? TextPieces(whole: hole.range, isParameter: true, length: length) : nil)
  }

  private func items(_ numbers: [Number], _ hole: Hole) -> [DataNode] {
    let origin = DataNode(.unknown, at: hole.range, causes: hole.causes)
    return numbers.map { DataNode(.number($0), from: origin) }
  }

  /// The value inside a longer text; nil where there is none, or none that can stand there.
  private mutating func spelling(of index: Int, _ hole: Hole) -> String? {
    guard let value = values[index] else { return nil }
    var isFit = true
    if hole.isExpression {
      isFit = fitsExpression(value, index)
    } else if case .array = value {
      problems.append(.listInText(parameter: index))
      isFit = false
    }
    guard takeRoom(for: value), isFit else { return nil }
    return hole.isExpression ? values.term(index) : values.text(index)
  }

  /// - Returns: false for a value that no expression can hold, which is then a problem.
  private mutating func fitsExpression(_ value: ParameterValue, _ index: Int) -> Bool {
    guard case .array(let numbers) = value, numbers.contains(where: \.isNegative) else {
      return true
    }
    problems.append(.negativeInList(parameter: index))
    return false
  }

  /// Counts a value before it is put in; the first that finds no room is a problem.
  private mutating func takeRoom(for value: ParameterValue) -> Bool {
    let before = room
    switch value {
    case .bool, .number: return true
    case .string(let string): room.textLength -= string.text.utf8.count
    // Even as text a list costs no more than its numbers do, give or take.
    case .array(let numbers): room.valueCount -= numbers.count
    }
    if room.isLeft { return true }
    if before.isLeft {
      problems.append(room.textLength < 0 ? .tooMuchText : .tooManyValues)
    } else {
      room = before
    }
    return false
  }
}

/// What values may still bring; below zero it is used up, and that has been reported.
private struct Room {
  var valueCount = RenderingLimits.valueCountMax
  var textLength = RenderingLimits.textLengthMax

  var isLeft: Bool { textLength >= 0 && valueCount >= 0 }
}
