import CommandLine
import Serving
import SimMethods

/// What `serve` is told, and `connect` tells a daemon that it starts.
struct SimServeOptions {
  let serve: ServeOptions
  let limits: SimLimits
  /// How it is noticed that templates change: `auto`, `poll` or `off`.
  let watch: String

  /// - Throws: ``Stop`` for a value that cannot be used.
  init(_ invocation: Invocation) throws(Stop) {
    try invocation.checkTemplateDirectories()
    serve = try ServeOptions(invocation)
    watch = try invocation.choice(.watch, of: ["auto", "poll", "off"], default: "auto")
    limits = try invocation.limits(SimLimits())
  }
}
