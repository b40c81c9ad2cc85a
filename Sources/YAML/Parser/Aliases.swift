import Source

extension Parser {
  /// Counts the nodes of each document as if every alias were replaced by what it names, without doing so.
  ///
  /// An alias inside the node it names would have no end; it is reported and names nothing from then on.
  /// Complexity: O(nodes).
  mutating func checkAliases(_ text: Span<UInt8>) {
    guard hasAliases else { return }
    // Nodes of each anchored one when expanded; nodes that are still open are missing.
    var sizes: [Int32: Int] = [:]
    for document in documents {
      checkAliases(of: document.root, &sizes, text)
    }
  }

  private mutating func checkAliases(
    of root: Int32, _ sizes: inout [Int32: Int], _ text: Span<UInt8>
  ) {
    var total = 0
    var open: [(node: Int32, totalBefore: Int)] = []
    var node = root
    let countMax = limits.aliasNodeCountMax
    while node >= 0 {
      let record = records[Int(node)]
      if record.kind == .alias, record.link >= 0 {
        if let size = sizes[record.link] {
          let (sum, isOver) = total.addingReportingOverflow(size)
          total = isOver ? Int.max : sum
          if total > countMax {
            report(
              .yamlLimit, at: Int(record.start), Int(record.end),
              "with this alias the document has more nodes than aliasNodeCountMax (\(countMax))")
            return
          }
        } else {
          report(
            .yamlLimit, at: Int(record.start), Int(record.end),
            "this alias is inside the node it names, so that it has no end")
          records[Int(node)].link = -1
          total += 1
        }
      } else {
        total += 1
      }
      if record.kind.isCollection, record.link >= 0 {
        open.append((node, total - 1))
        node = record.link
        continue
      }
      if record.properties >= 0 { sizes[node] = 1 }
      var next = record.next
      if node == root { return }
      while next < 0, let (collection, before) = open.popLast() {
        if records[Int(collection)].properties >= 0 { sizes[collection] = total - before }
        if collection == root { return }
        next = records[Int(collection)].next
      }
      node = next
    }
  }
}
