import FlowModel
import Source
import YAML

/// What the comments of a template say of the weights of lint rules.
///
/// A comment `# lint: node-unused=off` before the first key is about the whole template; on another line of its own about
/// the next line that holds more than a comment; at the end of a line about that line. Source:
/// docs/reference/template.md, "Lint".
struct LintComments: Sendable {
  private var document = LintSettings()
  /// By line.
  private var lines: [Int: LintSettings] = [:]
  private var table: LineTable?

  /// Of a text that says nothing.
  init() {}

  /// Complexity: O(bytes).
  init(_ root: YAMLNode, in text: SourceText, _ findings: inout Findings) {
    guard text.bytes.span.holdsLint else { return }
    let table = LineTable(text)
    // For the next line that holds more than a comment.
    var pending: LintSettings?
    var isLineBegun = false
    for token in YAMLTree(of: root).tokens {
      switch token.kind {
      case .lineBreak: isLineBegun = false
      case .blank, .byteOrderMark: continue
      case .comment:
        guard let settings = LintComments.settings(token.range, in: text, &findings) else {
          continue
        }
        if isLineBegun {
          lines[table.line(at: token.range.start), default: LintSettings()].merge(settings)
        } else if token.range.start < root.range.start {
          document.merge(settings)
        } else {
          var all = pending ?? LintSettings()
          all.merge(settings)
          pending = all
        }
      default:
        isLineBegun = true
        if let settings = pending {
          lines[table.line(at: token.range.start), default: LintSettings()].merge(settings)
          pending = nil
        }
      }
    }
    if !lines.isEmpty { self.table = table }
  }

  /// The findings with the weights that were chosen: the nearest choice counts, the line's before that of the request,
  /// and that before the template's. Errors stay as they are.
  ///
  /// - Parameter request: nil leaves every warning a warning, whatever was chosen, unless it is off.
  func weighed(_ diagnostics: [Diagnostic], by request: LintSettings?) -> [Diagnostic] {
    if table == nil, document == LintSettings(), request ?? LintSettings() == LintSettings() {
      return diagnostics
    }
    return diagnostics.compactMap { diagnostic in
      guard diagnostic.severity == .warning else { return diagnostic }
      let code = diagnostic.code
      let line = table.flatMap { lines[$0.line(at: diagnostic.range.start)] }
      switch line?[code] ?? request?[code] ?? document[code] {
      case .off: return nil
      case nil, .warning: return diagnostic
      case .error where request == nil: return diagnostic
      case .error:
        var raised = diagnostic
        raised.severity = .error
        return raised
      }
    }
  }

  /// What a comment says; nil where it is about something else.
  private static func settings(
    _ comment: ByteRange, in text: SourceText, _ findings: inout Findings
  ) -> LintSettings? {
    let inside = text.trimmed(ByteRange(comment.start + 1, comment.end))
    let key = "lint:".utf8
    guard text.bytes[inside.start..<inside.end].starts(with: key) else {
      if let prefix = text.misspeltLintPrefix(inside) {
        LintSettingUnknown.report(prefix: prefix, &findings)
      }
      return nil
    }
    let list = text.trimmed(ByteRange(inside.start + key.count, inside.end))
    var settings = LintSettings()
    if list.isEmpty { LintSettingUnknown.report(at: inside, "", &findings) }
    for piece in text.split(list, at: UInt8(ascii: ",")) where !piece.isEmpty {
      let parts = text.split(piece, at: UInt8(ascii: "="))
      guard parts.count == 2 else {
        LintSettingUnknown.report(at: piece, text.string(in: piece), &findings)
        continue
      }
      do throws(LintSettings.Problem) {
        try settings.set(text.string(in: parts[0]), to: text.string(in: parts[1]))
      } catch {
        LintSettingUnknown.report(error, at: error.part == .code ? parts[0] : parts[1], &findings)
      }
    }
    return settings
  }
}

extension Span<UInt8> {
  /// Whether `lint` stands anywhere, in any case: most templates are read no further for it.
  fileprivate var holdsLint: Bool {
    var offset = 3
    while offset < count {
      if self[offset] | 0x20 == 0x74, self[offset - 1] | 0x20 == 0x6E,
        self[offset - 2] | 0x20 == 0x69, self[offset - 3] | 0x20 == 0x6C
      {
        return true
      }
      offset += 1
    }
    return false
  }
}

extension SourceText {
  /// A range without blanks around it.
  fileprivate func trimmed(_ range: ByteRange) -> ByteRange {
    func isBlank(_ offset: Int) -> Bool { bytes[offset] == 0x20 || bytes[offset] == 0x09 }
    var (start, end) = (range.start, range.end)
    while start < end, isBlank(start) { start += 1 }
    while end > start, isBlank(end - 1) { end -= 1 }
    return ByteRange(start, end)
  }

  /// What stands for `lint:` in a comment that can hardly be about anything else: the word in another case or without
  /// its colon, and after it one `rule=weight`, or several.
  fileprivate func misspeltLintPrefix(_ comment: ByteRange) -> ByteRange? {
    let word = ByteRange(comment.start, min(comment.start + 4, comment.end))
    guard string(in: word).lowercased() == "lint" else { return nil }
    var rest = trimmed(ByteRange(word.end, comment.end))
    var end = word.end
    if rest.start < rest.end, bytes[rest.start] == UInt8(ascii: ":") {
      end = rest.start + 1
      rest = trimmed(ByteRange(end, rest.end))
    }
    guard rest.start > word.end else { return nil }
    for piece in split(rest, at: UInt8(ascii: ",")) {
      let parts = split(piece, at: UInt8(ascii: "="))
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
        bytes[parts[0].start..<parts[0].end].allSatisfy({
          (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
        }),
        LintSetting(rawValue: string(in: parts[1])) != nil
      else { return nil }
    }
    return ByteRange(word.start, end)
  }

  /// What lies between separators, trimmed.
  fileprivate func split(_ range: ByteRange, at separator: UInt8) -> [ByteRange] {
    var parts: [ByteRange] = []
    var start = range.start
    for offset in range.start..<range.end where bytes[offset] == separator {
      parts.append(trimmed(ByteRange(start, offset)))
      start = offset + 1
    }
    return parts + [trimmed(ByteRange(start, range.end))]
  }
}
