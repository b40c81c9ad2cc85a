/// How a value is laid out. Members stand in their order and numbers are spelled as they were kept in each.
package enum JSONStyle: Hashable, Sendable {
  /// One line without spaces. Only what must be escaped is: quotes, backslashes, characters below U+0020.
  case compact
  /// Two spaces a level, one value a line, no final line break; empty arrays and objects on one line.
  case pretty
  /// As ``compact``, with U+007F and all beyond escaped as `\u` and four hexadecimal digits for each UTF-16 unit: the
  /// bytes 0x20...0x7E alone, so it fits an HTTP header.
  case ascii
}
