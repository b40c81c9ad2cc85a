/// How a scalar is written (YAML 1.2.2 sections 7.3 and 8.1).
package enum ScalarStyle: UInt8, Hashable, Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  case literal
  case folded
}
