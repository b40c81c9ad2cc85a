import Foundation
import FoundationXML
import Plot
import TestSupport
import Testing

/// A chart as a reader of XML sees it.
struct ReadChart {
  struct Element {
    let name: String
    let attributes: [String: String]
    var text = ""

    var classes: [Substring] { (attributes["class"] ?? "").split(separator: " ") }
  }

  let svg: String
  let elements: [Element]

  /// - Returns: nil where the text is not well-formed.
  init?(_ svg: String) {
    final class Reader: NSObject, XMLParserDelegate {
      var elements: [Element] = []
      var open: [Int] = []

      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
      ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
      }

      func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
      ) { open.removeLast() }

      func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let index = open.last { elements[index].text += string }
      }
    }
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    guard parser.parse(), reader.open.isEmpty else { return nil }
    self.svg = svg
    elements = reader.elements
  }

  func texts(_ style: String? = nil) -> [String] {
    elements.filter { $0.name == "text" && (style == nil || $0.attributes["class"] == style) }
      .map(\.text)
  }

  /// Path data of what has this class.
  func paths(_ style: String) -> [String] {
    elements.filter { $0.name == "path" && $0.classes.contains { $0 == style } }
      .compactMap { $0.attributes["d"] }
  }

  /// Lines of series, without the samples beside their names.
  var lines: [String] {
    zip(elements, elements.dropFirst() + [Element(name: "", attributes: [:])])
      .filter { $0.classes.contains("line") && $1.name == "title" }
      .compactMap { path, _ in path.attributes["d"] }
  }

  var size: (width: Double, height: Double)? {
    let numbers = (elements.first?.attributes["viewBox"] ?? "").split(separator: " ")
      .compactMap { Double($0) }
    guard numbers.count == 4, numbers.prefix(2) == [0, 0] else { return nil }
    return (numbers[2], numbers[3])
  }

  /// All places that are drawn at.
  var places: [(x: Double, y: Double)]? {
    var places: [(x: Double, y: Double)] = []
    for element in elements {
      if element.name == "text" {
        guard let x = element.attributes["x"].flatMap(Double.init),
          let y = element.attributes["y"].flatMap(Double.init)
        else { return nil }
        places.append((x, y))
      }
      guard let data = element.attributes["d"] else { continue }
      var last = (x: 0.0, y: 0.0)
      var rest = data.utf8[...]
      while let command = rest.popFirst() {
        let stop = rest.firstIndex { (0x41...0x5A).contains($0) } ?? rest.endIndex
        let words = rest[..<stop].split(separator: 0x20)
        let numbers = words.compactMap { Double(String(Substring($0))) }
        rest = rest[stop...]
        guard numbers.count == words.count else { return nil }
        switch (command, numbers.count) {
        case (UInt8(ascii: "Z"), 0): continue
        case (UInt8(ascii: "H"), 1): last.x = numbers[0]
        case (UInt8(ascii: "V"), 1): last.y = numbers[0]
        case (UInt8(ascii: "M"), 2), (UInt8(ascii: "L"), 2): last = (numbers[0], numbers[1])
        default: return nil
        }
        places.append(last)
      }
    }
    return places
  }
}

/// What holds for every chart.
///
/// - Returns: the chart, for what else is to be said of it.
@discardableResult
func check(
  _ chart: LineChart, width: Int = 720, _ note: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> ReadChart {
  let svg = chart.svg(width: width)
  #expect(svg == chart.svg(width: width), note, sourceLocation: sourceLocation)
  #expect(svg.utf8.count <= PlotLimits.bytesMax, note, sourceLocation: sourceLocation)
  let read = try #require(ReadChart(svg), note, sourceLocation: sourceLocation)
  let root = try #require(read.elements.first)
  #expect(root.name == "svg" && root.attributes["role"] == "img", note)
  #expect(read.elements.dropFirst().prefix(2).map(\.name) == ["title", "desc"], note)
  #expect(!read.elements.contains { ["script", "image", "use"].contains($0.name) }, note)
  let size = try #require(read.size, note, sourceLocation: sourceLocation)
  let places = try #require(read.places, note, sourceLocation: sourceLocation)
  let outside = places.filter { !(0...size.width ~= $0.x && 0...size.height ~= $0.y) }
  #expect(outside.isEmpty, note, sourceLocation: sourceLocation)
  let drawn =
    read.elements.filter { $0.name != "title" && $0.name != "desc" && $0.name != "style" }
  for element in drawn where element.name != "text" {
    let values = element.attributes.values.joined(separator: " ").lowercased()
    #expect(
      !values.contains("nan") && !values.contains("inf"), note, sourceLocation: sourceLocation)
  }
  let quiet = read.texts("quiet").filter { text in
    !chart.series.contains { $0.unit?.isEmpty == false && text.hasPrefix($0.unit ?? "") }
      && text != chart.subtitle
  }
  for text in quiet {
    #expect(
      !text.lowercased().contains("nan") && !text.lowercased().hasPrefix("inf"), note,
      sourceLocation: sourceLocation)
  }
  let names = Set(read.texts("name"))
  #expect(
    read.texts("name").count == min(chart.series.count, PlotLimits.seriesMax), note,
    sourceLocation: sourceLocation)
  let summary = read.elements.first { $0.name == "desc" }?.text ?? ""
  for series in chart.series.prefix(PlotLimits.seriesMax) where isPlain(series.name) {
    #expect(summary.contains(series.name), note, sourceLocation: sourceLocation)
    #expect(
      names.contains { name in
        name == series.name || name.hasSuffix("…") && series.name.hasPrefix(name.dropLast())
      }, note, sourceLocation: sourceLocation)
  }
  return read
}

/// Whether a name is shown as it is, if there is room.
private func isPlain(_ name: String) -> Bool {
  !name.isEmpty && name.utf8.count <= PlotLimits.nameMax
    && name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
}
