/// Bounds of what a drawing shows.
package enum PlotLimits {
  /// Series in one chart; how many more there are is written beneath it.
  package static let seriesMax = 32

  /// Unicode scalars of a series' name; the rest is left out.
  package static let nameMax = 60

  /// Unicode scalars of a unit.
  package static let unitMax = 30

  /// Unicode scalars of a title and of a subtitle.
  package static let titleMax = 200

  /// Width of a chart. Unit: pixels.
  package static let width = 360...2400

  /// Bytes of a chart. Paths have ``pathBytesMax`` of them, names and axes what is left.
  package static let bytesMax = 200_000

  static let pathBytesMax = 110_000

  /// Series that share one pair of axes.
  static let sharedMax = 6

  /// How many times larger than another a series may be on the same axis.
  static let ratioMax = 50.0
}
