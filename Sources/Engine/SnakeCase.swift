/// The name of a topology node in the names of its columns: `HTTPService2Go` is `http_service2_go`.
///
/// An underscore stands before each upper-case letter but the first, unless it continues a run of them.
func snakeCase(_ text: String) -> String {
  let letters = Array(text)
  var result = ""
  for (index, letter) in letters.enumerated() {
    if letter.isUppercase, index > 0 {
      let continues = letters[index - 1].isUppercase
      let begins = index + 1 < letters.count && letters[index + 1].isLowercase
      if !continues || begins { result += "_" }
    }
    result += letter.lowercased()
  }
  return result
}
