/// A place in a drawing. Unit: tenths of a pixel, so that equal places have equal text.
struct Point: Equatable {
  var x: Int
  var y: Int

  init(_ x: Int, _ y: Int) {
    self.x = x
    self.y = y
  }

  /// - Parameters: in pixels; drawings are far smaller than what an integer holds.
  init(_ x: Double, _ y: Double) {
    self.init(tenths(x), tenths(y))
  }
}

/// - Returns: 0 for what is no place in a drawing.
func tenths(_ pixels: Double) -> Int {
  let value = (pixels * 10).rounded()
  return value.magnitude < 1e9 ? Int(value) : 0
}

func pixels(_ tenths: Int) -> String {
  let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
}

/// Path data with few commands. Places never go back to the left.
struct PathText {
  private var text = ""
  private var last = Point(0, 0)
  /// The end of a level stretch that may still grow.
  private var level: Int?

  mutating func move(to point: Point) {
    endLevel()
    text += "M\(pixels(point.x)) \(pixels(point.y))"
    last = point
  }

  mutating func line(to point: Point) {
    guard point != last else { return }
    if point.y == last.y {
      level = point.x
    } else {
      endLevel()
      text +=
        point.x == last.x
        ? "V\(pixels(point.y))" : "L\(pixels(point.x)) \(pixels(point.y))"
    }
    last = point
  }

  mutating func close() {
    endLevel()
    text += "Z"
  }

  private mutating func endLevel() {
    if let end = level { text += "H\(pixels(end))" }
    level = nil
  }

  var finished: String {
    var path = self
    path.endLevel()
    return path.text
  }
}
