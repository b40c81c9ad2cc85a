/// The one place that says which version this is.
package enum ProductVersion {
  package static let name = "flowtime-sim"
  package static let number = "0.6.0"
  /// `flowtime-sim/0.6.0`, as `generator` in a record.
  package static let generator = "\(name)/\(number)"
}
