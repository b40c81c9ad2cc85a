/// How many values, lists and mappings of one document are read. What lies beyond is a `yaml-limit` finding, and is not
/// known.
package enum ReadingLimits {
  /// Of a model: more than generation writes, so that what it wrote can be read again.
  package static let modelValueCountMax = 10_000_000
  /// Of a template, where references stand for lists.
  package static let templateValueCountMax = 1_000_000
}
