import CommandLine
import FlowModel
import JSON
import Operations
import Platform
import Source
import Wire

/// The template that a user named: an id, a file, or the beginning of an id.
struct TemplateOperand {
  /// For messages and reports.
  let name: String
  /// As a request names it: `templateId` or `template`.
  let params: JSONObject
  /// The text, where it is at hand.
  let text: SourceText?

  /// - Throws: ``Stop`` where there is no such template, or the beginning fits several.
  init(_ name: String, _ client: Client) throws(Stop) {
    let ids = try TemplateOperand.ids(client)
    if ids.contains(where: { ExactString($0) == ExactString(name) }) {
      try self.init(id: name, client)
    } else if TemplateOperand.isFile(name) {
      let text = try Disk.text(name)
      self.init(name: name, params: ["template": .string(text.string)], text: text)
    } else {
      let begun = ids.filter { $0.utf8.starts(with: (name + "-").utf8) }
      guard let id = begun.first else {
        // The server's answer names near matches.
        client.readAllTemplates()
        try self.init(id: name, client)
        return
      }
      guard begun.count == 1 else {
        throw .input(
          "'\(name)' is the beginning of several templates: \(begun.joined(separator: ", "))")
      }
      Terminal.notice("note: '\(name)' means the template '\(id)'")
      try self.init(id: id, client)
    }
  }

  /// What to say of a file that is no template at all; nil of one that is, and of one that nothing is known of.
  var mistake: Stop? {
    guard params["template"] != nil, let text else { return nil }
    return wrongKind(name, text, wanted: .template)
  }

  private init(name: String, params: JSONObject, text: SourceText?) {
    self.name = name
    self.params = params
    self.text = text
  }

  private init(id: String, _ client: Client) throws(Stop) {
    if let entry = client.catalog?[id] {
      self.init(name: entry.path, params: ["templateId": .string(id)], text: entry.text)
      return
    }
    switch try client.call(GetTemplateMethod.name, ["templateId": .string(id)]) {
    case .success(let info):
      let text = info.objectValue?["text"]?.stringValue.map { SourceText($0) }
      let path = info.objectValue?["path"]?.stringValue
      self.init(name: path ?? id, params: ["templateId": .string(id)], text: text)
    case .failure(let error):
      throw error.code == 1001
        ? .input(error.message + TemplateOperand.hint(id, error)) : .refused(error.message)
    }
  }

  /// What looks like a path and is none deserves to be told so.
  private static func hint(_ name: String, _ error: Answered) -> String {
    // The message proposes one already.
    if error.data["near"]?.arrayValue?.isEmpty == false { return "" }
    return name.contains(".") || name.contains("/")
      ? ", and no such file" : "; 'flowtime-sim list' shows all"
  }

  /// A directory beside the user that happens to be called like the beginning of an id does not hide the template.
  private static func isFile(_ name: String) -> Bool {
    if name == "-" || name.utf8.contains(0x2F) || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    {
      return true
    }
    let kind = FileSystem.kind(name)
    return kind != nil && kind != .directory
  }

  private static func ids(_ client: Client) throws(Stop) -> [String] {
    if let catalog = client.catalog { return catalog.entries.map(\.id.text) }
    switch try client.call(ListTemplatesMethod.name, JSONObject()) {
    case .success(let result):
      return result.objectValue?["templates"]?.arrayValue?.compactMap {
        $0.objectValue?["templateId"]?.stringValue
      } ?? []
    case .failure(let error): throw .refused(error.message)
    }
  }
}
