package import JSON
package import Source

/// The value of a text that must be JSON.
///
/// - Throws: ``Stop`` with the place of what is wrong, a name that is given twice included.
package func readJSON(_ text: SourceText, _ path: String) throws(Stop) -> JSONValue {
  let document: JSONDocument
  do throws(JSONFailure) {
    document = try JSONDocument.parse(text.bytes)
  } catch {
    throw .input("\(placeName(of: error.offset, in: text, path)): error: \(error.explanation)")
  }
  if let name = document.duplicateNames.first {
    throw .input("\(placeName(of: name.start, in: text, path)): error: this name is given twice")
  }
  return document.root
}
