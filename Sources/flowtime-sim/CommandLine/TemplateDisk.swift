import CommandLine
import FlowModel
import Operations
import Platform
import Server
import SimMethods

/// Templates on disk.
struct TemplateDisk: TemplateFiles {
  func list(_ directory: String) throws(UnreadableFile) -> [String] {
    do throws(SystemError) {
      return try FileSystem.listDirectory(directory).map { directory + "/" + $0 }
        .filter { FileSystem.kind($0) == .regular }
    } catch {
      throw UnreadableFile(error.message)
    }
  }

  func read(_ path: String) throws(UnreadableFile) -> [UInt8] {
    do throws(FileFailure) {
      return try FileSystem.readFile(path, lengthMax: Disk.lengthMax, regularOnly: true)
    } catch {
      throw UnreadableFile(error.message)
    }
  }
}

extension Invocation {
  /// Sees to it that the directories of `--templates` are there: whoever names one wants it.
  func checkTemplateDirectories() throws(Stop) {
    for directory in all(.templates) {
      do throws(SystemError) {
        _ = try FileSystem.listDirectory(directory)
      } catch {
        throw .refused("--templates: \(error.message)")
      }
    }
  }
}

extension SimService {
  /// A service with the templates that an invocation asks for.
  static func local(
    _ invocation: Invocation, naming name: String? = nil, limits: SimLimits = SimLimits(),
    logLevel: LogEvent.Level = .info, log: @escaping @Sendable (LogEvent) -> Void
  ) -> SimService {
    let start = SystemClock.monotonic()
    return SimService(
      reading: { Snapshot.local(invocation, limits, naming: name, log: log) }, limits: limits,
      surroundings: Service.Surroundings(
        now: { Timestamp(microseconds: SystemClock.microsecondsSinceEpoch()) ?? .epoch },
        uptime: { SystemClock.monotonic() - start }, logLevel: logLevel, log: log))
  }
}

extension Snapshot {
  /// The templates on disk as they stand now.
  ///
  /// - Parameters:
  ///   - name: the only template that is wanted, by its id or the beginning of it; nil for all.
  ///   - previous: what was known before; a file that is broken now keeps its last good version.
  static func local(
    _ invocation: Invocation, _ limits: SimLimits, naming name: String? = nil,
    after previous: Snapshot? = nil,
    log: (LogEvent) -> Void
  ) -> Snapshot {
    // Who works beside the templates need not be told of every model with every command, nor each time they change.
    let tellsAll =
      [Command.list.name, Command.serve.name].contains(invocation.command.name) && previous == nil
    return Snapshot(
      catalog: TemplateCatalog.load(
        from: templateDirectories(invocation), TemplateDisk(), naming: name,
        after: previous?.catalog,
        fileCountMax: limits.templateFileCountMax, recentModels: limits.recentModels,
        passedOver: { if tellsAll { log(LogEvent(.info, "template", $0)) } },
        log: { log(LogEvent(.warning, "template", $0)) }))
  }

  /// `--templates`, else `FLOWTIME_SIM_TEMPLATES` (directories with `:` between them), else `./templates` and then the
  /// bundled ones beside the program. Source: docs/reference/cli.md, "Where templates are found".
  private static func templateDirectories(_ invocation: Invocation) -> [String] {
    let given = givenDirectories(invocation)
    return given.isEmpty
      ? usualDirectories.filter { FileSystem.kind($0) == .directory } : given
  }

  /// Where templates are, or may be later.
  static func templatePlaces(_ invocation: Invocation) -> [String] {
    let given = givenDirectories(invocation)
    return given.isEmpty ? usualDirectories : given
  }

  private static func givenDirectories(_ invocation: Invocation) -> [String] {
    let given = invocation.all(.templates)
    if !given.isEmpty { return given }
    let value = Environment.value(of: "FLOWTIME_SIM_TEMPLATES") ?? ""
    return value.split(separator: ":").map(String.init)
  }

  private static var usualDirectories: [String] {
    var places = ["templates"]
    if let program = Environment.executablePath, let slash = program.utf8.lastIndex(of: 0x2F) {
      let folder = String(program[..<slash])
      places += [folder + "/templates", folder + "/../share/flowtime-sim/templates"]
    }
    return places
  }
}
