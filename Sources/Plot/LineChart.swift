/// Series over time as an SVG document that needs nothing else.
///
/// docs/reference/plots.md says what is drawn and how it is chosen. The same chart gives the same bytes.
package struct LineChart: Sendable {
  package struct Series: Sendable {
    package enum Kind: Sendable {
      /// What flows in a bin: a line through the middles of bins.
      case rate
      /// What waits: a filled area under steps, down to zero.
      case queue
      /// What holds for a whole bin, such as a capacity: steps.
      case step
    }

    package let name: String
    package let unit: String?
    /// One for each bin. What is not finite or missing is a gap.
    package let values: [Double]
    package let kind: Kind

    package init(name: String, unit: String? = nil, values: [Double], kind: Kind = .rate) {
      self.name = name
      self.unit = unit
      self.values = values
      self.kind = kind
    }
  }

  package let title: String
  package let subtitle: String?
  package let grid: TimeGrid
  package let series: [Series]

  package init(title: String, subtitle: String? = nil, grid: TimeGrid, series: [Series]) {
    self.title = title
    self.subtitle = subtitle
    self.grid = grid
    self.series = series
  }

  /// - Parameter width: in pixels, brought into ``PlotLimits/width``. The height follows from what is drawn.
  /// - Returns: at most ``PlotLimits/bytesMax`` bytes.
  package func svg(width: Int = 720) -> String {
    let range = PlotLimits.width
    return ChartDrawing(self, width: min(max(width, range.lowerBound), range.upperBound)).document
  }
}
