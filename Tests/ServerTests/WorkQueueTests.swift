import JSON
import JSONRPC
import Server
import SimMethods
import Testing

/// Works of one connection, in order.
private func works(_ count: Int) -> [BackgroundWork] {
  var limits = SimLimits()
  limits.server.inlineLengthMax = 0
  limits.server.workCountMax = count
  var session = Session(Talk(limits: limits).service)
  for id in 0..<count {
    session.receive(
      Array(
        #"{"jsonrpc":"2.0","id":\#(id),"method":"validateModel","params":{"model":""}}"#.utf8)
        + [0x0A])
  }
  return (0..<count).compactMap { _ in session.takeWork() }
}

/// - Parameter names: who adds a work, in order.
private func queue(_ names: String, workerCount: Int) -> WorkQueue<Character> {
  var queue = WorkQueue<Character>(workerCount: workerCount)
  var lines: [Character: [BackgroundWork]] = [:]
  for name in Set(names) { lines[name] = works(names.count { $0 == name }) }
  for name in names {
    if let work = lines[name]?.removeFirst() { queue.add(work, of: name) }
  }
  return queue
}

@Test(arguments: [
  ("aaaab", "abaaa"), ("aabbcc", "abcabc"), ("aaabc", "abcaa"), ("", ""), ("a", "a"),
])
func `connections take turns`(names: String, turns: String) {
  var queue = queue(names, workerCount: 1)
  var taken = ""
  while let (client, work) = queue.next() {
    taken.append(client)
    queue.end(work.key, of: client)
  }
  #expect(taken == turns)
  #expect(queue.isEmpty)
}

@Test(arguments: [1, 2, 3, 8])
func `no connection has every thread where there are several`(workerCount: Int) {
  var queue = queue("aaaaaaaaaa", workerCount: workerCount)
  var count = 0
  while queue.next() != nil { count += 1 }
  #expect(count == max(1, workerCount - 1))
  queue.add(works(1)[0], of: "b")
  #expect(queue.next()?.client == "b")
}

@Test func `who is gone leaves nothing behind`() {
  var queue = queue("aaab", workerCount: 3)
  let first = queue.next()
  queue.leave("a")
  #expect(queue.waitingCount == 1)
  #expect(queue.runningCount == 1)
  if let first { queue.end(first.work.key, of: "a") }
  #expect(queue.next()?.client == "b")
  queue.leave("b")
  #expect(queue.next() == nil)
}
