import Source

/// Reads an expression by recursive descent. It never fails, and goes on after each mistake.
///
/// A mistake is reported once: until something of the language is read again, the parser is silent.
/// Source: docs/reference/expressions.md, "Grammar".
struct ExpressionParser {
  private(set) var nodes: [ExpressionNode] = []
  private(set) var problems: [ExpressionProblem] = []
  private var lexer: ExpressionLexer
  /// The next token that is not white space.
  private var token = ExpressionToken(.end, 0, 0)
  /// End of the last token that was taken.
  private var lastEnd = 0
  /// A mistake was reported and nothing right was read since.
  private var isBlamed = false
  private var isStopped = false
  private var depth = 0
  private var tokenCount = 0

  /// An operand: its node, and its text with the brackets around it.
  struct Part {
    let node: Int
    let start: Int
    let end: Int
  }

  /// What the language leaves out and an Engine reads: signs before operands, exponents, points at an end of a number.
  private let isWide: Bool

  init(_ bytes: [UInt8], isWide: Bool = false) {
    lexer = ExpressionLexer(bytes)
    self.isWide = isWide
  }

  /// Expr, and the end of the text.
  mutating func parse() {
    guard lexer.bytes.count <= ExpressionLimits.textLengthMax else {
      add(
        ByteRange(at: ExpressionLimits.textLengthMax),
        "an expression has at most \(ExpressionLimits.textLengthMax) bytes")
      _ = missing()
      return
    }
    nodes.reserveCapacity(min(lexer.bytes.count / 4 + 2, 64))
    advance()
    if token.kind == .end {
      report(ByteRange(0, lexer.bytes.count), "the expression is empty")
      _ = missing()
    } else {
      _ = group(isWhole: true)
    }
    if problems.count > 1 { problems.sort { $0.range < $1.range } }
  }

  // MARK: Tokens

  /// Goes to the next token of the language; what is none is reported and left out.
  private mutating func advance() {
    lastEnd = token.range.end
    while true {
      token = lexer.next()
      switch token.kind {
      case .space: continue
      case .comment:
        report(token.range, "an expression holds no comments")
        continue
      case .invalid:
        report(token.range, "\(quoted(text(token.range))) has no meaning in an expression")
        continue
      case .lookAlike:
        if !replaceLookAlike() { continue }
      default: break
      }
      break
    }
    guard token.kind != .end else { return }
    tokenCount += 1
    if tokenCount > ExpressionLimits.tokenCountMax {
      stop(
        token.range, "an expression has at most \(ExpressionLimits.tokenCountMax) words and signs")
    }
  }

  /// Takes a token that is right, after which mistakes are new ones.
  private mutating func accept() {
    isBlamed = false
    advance()
  }

  /// Reports a character that looks like another, and reads it as that one.
  ///
  /// - Returns: false where it stands for white space or for nothing.
  private mutating func replaceLookAlike() -> Bool {
    let (scalar, _) = lexer.scalar(at: token.range.start)
    let ascii = LookAlike.ascii(for: scalar) ?? 0x20
    let meant = LookAlike.isInvisible(scalar) ? "" : String(Character(Unicode.Scalar(ascii)))
    let codePoint = LookAlike.codePoint(scalar)
    if ascii == 0x20 {
      let isNothing = meant.isEmpty
      report(
        token.range,
        isNothing
          ? "the invisible character \(codePoint) has no meaning here"
          : "this space is \(codePoint), not an ordinary one",
        fix: FixIt(
          isNothing ? "remove it" : "change to a space", [TextEdit(token.range, meant)]))
      return false
    }
    report(
      token.range,
      "\(quoted(text(token.range))) is \(codePoint); \(quoted(meant)) is the sign that is meant",
      fix: FixIt("change to \(quoted(meant))", [TextEdit(token.range, meant)]))
    var reader = ExpressionLexer([ascii])
    let kind = reader.next().kind
    guard kind != .invalid, kind != .comment, kind != .text else { return false }
    token.kind = kind
    return true
  }

  private func text(_ range: ByteRange) -> String {
    String(decoding: lexer.bytes[range.start..<range.end], as: UTF8.self)
  }

  /// Whether the token can only begin an operand.
  private var startsOperand: Bool {
    switch token.kind {
    case .number, .name, .open, .openList, .foreignNumber, .foreignName, .text, .placeholder: true
    default: false
    }
  }

  // MARK: Problems

  private mutating func report(_ range: ByteRange, _ message: String, fix: FixIt? = nil) {
    if isBlamed || isStopped { return }
    isBlamed = true
    add(range, message, fix: fix)
  }

  private mutating func add(_ range: ByteRange, _ message: String, fix: FixIt? = nil) {
    guard problems.count < ExpressionLimits.problemCountMax else { return }
    problems.append(ExpressionProblem(.syntax, at: range, message, fix: fix))
  }

  /// Reports a limit and leaves out the rest of the text.
  private mutating func stop(_ range: ByteRange, _ message: String) {
    if !isStopped { add(range, message) }
    isStopped = true
    lexer.stop()
    token = ExpressionToken(.end, lexer.bytes.count, lexer.bytes.count)
  }

  // MARK: Nodes

  private mutating func append(_ node: ExpressionNode) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func missing() -> Part {
    let place = append(ExpressionNode(.broken, lastEnd, lastEnd))
    return Part(node: place, start: lastEnd, end: lastEnd)
  }

  private mutating func pair(
    _ kind: ExpressionNode.Kind, _ left: Part, _ right: Part
  ) -> Part {
    let (start, end) = (min(left.start, right.start), max(left.end, right.end))
    var node = ExpressionNode(kind, start, end)
    node.first = Int32(truncatingIfNeeded: left.node)
    node.count = 2
    nodes[left.node].next = Int32(truncatingIfNeeded: right.node)
    return Part(node: append(node), start: start, end: end)
  }

  // MARK: Productions

  /// An Expr that must reach the end of the text or a closing bracket; what else follows is reported and read.
  private mutating func group(isWhole: Bool) -> Part {
    var left = sum()
    while token.kind != .end {
      let stray = token
      switch token.kind {
      case .close where !isWhole, .closeList where !isWhole: return left
      case .close, .closeList:
        let sign = text(stray.range)
        report(
          stray.range, "\(quoted(sign)) closes nothing",
          fix: FixIt("remove \(quoted(sign))", [TextEdit(stray.range, "")]))
        advance()
      case .comma:
        report(stray.range, "',' stands only between the arguments of a function")
        advance()
      default: report(stray.range, separatorMissing(before: stray))
      }
      if token.kind == .end { break }
      let right = sum()
      left = pair(.broken, left, right)
      // What can be neither read nor left out would be met forever.
      if token == stray { advance() }
    }
    return left
  }

  private func separatorMissing(before token: ExpressionToken) -> String {
    "an operator is missing before \(quoted(text(token.range)))"
  }

  /// Expr: Term (('+' | '-') Term)*, and operators that are not of the language.
  private mutating func sum() -> Part {
    var left = product(after: nil)
    while true {
      let sign = token
      switch sign.kind {
      case .plus, .minus:
        accept()
        left = pair(sign.kind == .plus ? .add : .subtract, left, product(after: sign))
      case .foreignOperator:
        report(sign.range, Self.advice(for: text(sign.range)))
        advance()
        left = pair(.broken, left, product(after: sign))
      default: return left
      }
    }
  }

  /// Term: Factor (('*' | '/') Factor)*
  private mutating func product(after sign: ExpressionToken?) -> Part {
    var left = factor(after: sign)
    while token.kind == .times || token.kind == .divide {
      let sign = token
      accept()
      left = pair(sign.kind == .times ? .multiply : .divide, left, factor(after: sign))
    }
    return left
  }

  private static func advice(for sign: String) -> String {
    switch sign {
    case "^", "**": "there is no '\(sign)'; multiply instead: x * x"
    case "%": "there is no '%'; write MOD(x, d)"
    case "//": "there is no '//'; write FLOOR(x / d)"
    case "&", "&&", "|", "||", "!":
      "there is no '\(sign)'; MIN and MAX combine numbers that are 0 or 1"
    case "?", ":":
      "there is no '\(sign)'; write c * a + (1 - c) * b, where c is 1 or 0, such as STEP(x, 5)"
    default: "there is no '\(sign)'; STEP(x, y) is 1 where x is at least y, else 0"
    }
  }

  /// Factor: '(' Expr ')' | Array | Number | Call | Ref
  private mutating func factor(after sign: ExpressionToken?) -> Part {
    let first = token
    let (start, end) = (first.range.start, first.range.end)
    switch first.kind {
    case .number:
      return number(first, text(first.range))
    case .foreignNumber:
      let plain = PlainNumber.text(for: lexer.bytes[start..<end])
      if isWide, let plain, !lexer.bytes[start..<end].contains(UInt8(ascii: "_")) {
        return number(first, plain)
      }
      report(
        first.range,
        "\(quoted(text(first.range))) is not how a number is written here; write digits, with digits on both sides of a point",
        fix: plain.map { FixIt("change to \(quoted($0))", [TextEdit(first.range, $0)]) })
      return number(first, plain ?? "0")
    case .name:
      accept()
      if token.kind == .open { return call(first) }
      return Part(node: append(ExpressionNode(.reference, start, end)), start: start, end: end)
    case .foreignName:
      report(
        first.range,
        "\(quoted(text(first.range))) can be no node's id: that is letters a to z, digits and '_'")
      accept()
      // Whatever is meant by the name, it is that of a function.
      if token.kind == .open { return call(first, isForeign: true) }
      return Part(node: append(ExpressionNode(.broken, start, end)), start: start, end: end)
    case .text:
      report(first.range, "there is no text in expressions; a node's id is written without quotes")
      return skipped(first)
    case .placeholder:
      report(
        first.range,
        "\(quoted(text(first.range))) stands for no parameter here: only a template has them")
      return skipped(first)
    case .open: return brackets(first)
    case .openList: return list(first)
    case .minus, .plus: return signed(first)
    case .foreignOperator:
      report(first.range, Self.advice(for: text(first.range)))
      advance()
      guard enter(first) else { return missing() }
      defer { depth -= 1 }
      return factor(after: first)
    case .times, .divide:
      report(first.range, "nothing stands before \(quoted(text(first.range)))")
    case .close, .closeList, .comma:
      let range = sign?.range ?? first.range
      report(
        range,
        sign.map { "nothing follows \(quoted(text($0.range)))" }
          ?? "an operand is missing before \(quoted(text(first.range)))")
    default:
      if let sign { report(sign.range, "nothing follows \(quoted(text(sign.range)))") }
    }
    return missing()
  }

  private mutating func number(_ token: ExpressionToken, _ digits: String) -> Part {
    var node = ExpressionNode(.number, token.range.start, token.range.end)
    let value = PlainNumber.value(of: digits)
    if value.isFinite {
      node.value = value
    } else {
      report(token.range, "the number is too large")
    }
    let part = Part(node: append(node), start: token.range.start, end: token.range.end)
    accept()
    return part
  }

  /// Takes an operand that is none.
  private mutating func skipped(_ token: ExpressionToken) -> Part {
    let (start, end) = (token.range.start, token.range.end)
    let place = append(ExpressionNode(.broken, start, end))
    accept()
    return Part(node: place, start: start, end: end)
  }

  /// Goes one bracket or sign deeper.
  private mutating func enter(_ opening: ExpressionToken) -> Bool {
    guard depth < ExpressionLimits.depthMax else {
      stop(
        opening.range, "an expression is nested at most \(ExpressionLimits.depthMax) brackets deep")
      return false
    }
    depth += 1
    return true
  }

  /// A sign before an operand, which the language has not: `-x` is `0 - x`.
  private mutating func signed(_ sign: ExpressionToken) -> Part {
    let wasBlamed = isBlamed
    let isMinus = sign.kind == .minus
    let problemCount = problems.count
    let isRead = isWide && isMinus
    advance()
    if !isRead { isBlamed = true }
    guard enter(sign) else { return missing() }
    defer { depth -= 1 }
    let zero = isMinus ? append(ExpressionNode(.number, sign.range.start, sign.range.start)) : -1
    let operand = factor(after: sign)
    let isClean = problems.count == problemCount && nodes[operand.node].kind != .broken
    if !wasBlamed, !isStopped, !isRead {
      let edits =
        isMinus
        ? [
          TextEdit(ByteRange(sign.range.start, operand.start), "(0 - "),
          TextEdit(ByteRange(at: operand.end), ")"),
        ] : [TextEdit(ByteRange(sign.range.start, operand.start), "")]
      add(
        sign.range,
        isMinus
          ? "there is no minus sign before an operand; write (0 - x)"
          : "there is no plus sign before an operand",
        fix: isClean ? FixIt(isMinus ? "change to '(0 - …)'" : "remove '+'", edits) : nil)
      if nodes[operand.node].kind == .broken { isBlamed = true }
    }
    guard isMinus else {
      return Part(node: operand.node, start: sign.range.start, end: operand.end)
    }
    let left = Part(node: zero, start: sign.range.start, end: sign.range.start)
    return pair(.subtract, left, operand)
  }

  private mutating func brackets(_ opening: ExpressionToken) -> Part {
    guard enter(opening) else { return missing() }
    defer { depth -= 1 }
    accept()
    let start = opening.range.start
    if token.kind == .close {
      report(ByteRange(start, token.range.end), "nothing stands between the brackets")
      let part = missing()
      advance()
      return Part(node: part.node, start: start, end: lastEnd)
    }
    let inner = group(isWhole: false)
    return Part(node: inner.node, start: start, end: close(opening, with: .close))
  }

  /// Takes the bracket that closes `opening`.
  ///
  /// - Returns: the end of what it closes.
  private mutating func close(
    _ opening: ExpressionToken, with kind: ExpressionToken.Kind
  ) -> Int {
    let sign = kind == .close ? ")" : "]"
    if token.kind == kind {
      let end = token.range.end
      accept()
      return end
    }
    if kind == .closeList, token.kind == .close, depth > 1 {
      // The bracket closes what is around the list.
      report(
        opening.range, "'[' is not closed",
        fix: FixIt("insert ']'", [TextEdit(ByteRange(at: lastEnd), "]")]))
    } else if token.kind == .close || token.kind == .closeList {
      report(
        token.range, "\(quoted(text(token.range))) does not close \(quoted(text(opening.range)))",
        fix: FixIt("change to \(quoted(sign))", [TextEdit(token.range, sign)]))
      advance()
    } else {
      report(opening.range, "\(quoted(text(opening.range))) is not closed")
    }
    return max(lastEnd, opening.range.end)
  }

  /// Call: Ident '(' [Expr (',' Expr)*] ')'
  ///
  /// - Parameter isForeign: whether the name can be none, which has been said.
  private mutating func call(_ name: ExpressionToken, isForeign: Bool = false) -> Part {
    let opening = token
    guard enter(opening) else { return missing() }
    defer { depth -= 1 }
    let function = ExpressionFunction(named: lexer.bytes[name.range.start..<name.range.end])
    var node = ExpressionNode(isForeign ? .broken : .call, name.range.start, opening.range.end)
    node.function = function
    let problemCount = problems.count
    let part = items(of: &node, opening, .close, countMax: function?.argumentCounts.upperBound)
    // A fix would uncover the next mistake.
    if problems.count > problemCount, let function, !takes(function, node) {
      for index in problemCount..<problems.count { problems[index].fix = nil }
    }
    return part
  }

  /// Whether a call, as it was read, has the arguments that its function takes.
  private func takes(_ function: ExpressionFunction, _ call: ExpressionNode) -> Bool {
    guard function.argumentCounts.contains(Int(call.count)) else { return false }
    var place = Int(call.first)
    for parameter in function.parameters where place >= 0 {
      let argument = nodes[place]
      switch parameter.form {
      case .expression: break
      case .wholeNumber(let least):
        guard let value = argument.wholeValue, value >= least else { return false }
      case .list: if argument.kind != .list { return false }
      }
      place = Int(argument.next)
    }
    return true
  }

  /// Array: '[' [Number (',' Number)*] ']'
  private mutating func list(_ opening: ExpressionToken) -> Part {
    guard enter(opening) else { return missing() }
    defer { depth -= 1 }
    var node = ExpressionNode(.list, opening.range.start, opening.range.end)
    return items(of: &node, opening, .closeList, countMax: nil)
  }

  /// What stands between brackets and commas, and the bracket at its end.
  ///
  /// - Parameter countMax: most arguments, where that is known: up to it a missing comma can be put in.
  private mutating func items(
    of node: inout ExpressionNode, _ opening: ExpressionToken, _ closing: ExpressionToken.Kind,
    countMax: Int?
  ) -> Part {
    let isList = closing == .closeList
    let noun = isList ? "a number" : "an argument"
    let problemCount = problems.count
    let wasBlamed = isBlamed
    var last = -1
    accept()
    isBlamed = isBlamed || wasBlamed
    reading: while token.kind != .close, token.kind != .closeList, token.kind != .end {
      let before = token
      let item: Part
      if token.kind == .comma {
        report(token.range, "\(noun) is missing before ','")
        item = missing()
      } else {
        item = sum()
        if isList { demandNumber(item, since: problemCount) }
      }
      if last < 0 {
        node.first = Int32(truncatingIfNeeded: item.node)
      } else {
        nodes[last].next = Int32(truncatingIfNeeded: item.node)
      }
      last = item.node
      node.count += 1
      switch token.kind {
      case .comma:
        let comma = token
        accept()
        if token.kind == closing { report(comma.range, "\(noun) is missing after ','") }
      case .close, .closeList, .end: break reading
      default:
        let takesMore = isList || countMax.map { Int(node.count) < $0 } ?? false
        report(
          token.range,
          (takesMore ? "',' is missing before " : "an operator or ',' is missing before ")
            + quoted(text(token.range)),
          fix: takesMore
            ? FixIt("insert ','", [TextEdit(ByteRange(at: item.end), ",")]) : nil)
        // What can be neither read nor left out would be met forever.
        if token == before { advance() }
      }
    }
    let end = close(opening, with: closing)
    node.end = Int32(truncatingIfNeeded: end)
    node.isDoubtful = problems.count > problemCount || wasBlamed
    return Part(node: append(node), start: Int(node.start), end: end)
  }

  /// A list holds nothing but numbers.
  /// Whether a sign and a number made the node.
  private func isSignedNumber(_ node: ExpressionNode) -> Bool {
    guard node.kind == .subtract, nodes.indices.contains(Int(node.first)) else { return false }
    let zero = nodes[Int(node.first)]
    guard zero.kind == .number, zero.range.isEmpty, nodes.indices.contains(Int(zero.next)) else {
      return false
    }
    return nodes[Int(zero.next)].kind == .number
  }

  private mutating func demandNumber(_ item: Part, since problemCount: Int) {
    let node = nodes[item.node]
    if node.kind == .number && item.start == Int(node.start) || node.kind == .broken { return }
    if isWide, isSignedNumber(node) { return }
    if problems.count == problemCount {
      add(ByteRange(item.start, item.end), "a list holds nothing but numbers")
      return
    }
    // `-1` was reported as a sign, with a fix that a list cannot take.
    guard let problem = problems.last, problem.range.start == item.start, node.kind == .subtract
    else {
      return
    }
    problems[problems.count - 1] = ExpressionProblem(
      .syntax, at: problem.range, "a list holds no negative numbers")
  }
}
