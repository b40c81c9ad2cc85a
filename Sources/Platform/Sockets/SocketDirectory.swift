import Glibc

/// The rules for a directory in which a socket may be served.
///
/// Whoever can rename in a directory can put another socket, or another lock file, in place of ours. So others must not
/// be able to write there. Root's own directories with the sticky bit are an exception (`/tmp`): others can take a name
/// there before us, which is seen and refused, but cannot take ours away.
///
/// Directories further up are not looked at; that the peer is checked at both ends bounds what their owners could do.
enum SocketDirectory {
  /// The default directory of the daemon bears a name that anybody can guess, so nothing but 0700 will do.
  enum Rule {
    case exactlyPrivate, notWritableByOthers
  }

  /// Makes the last component of `path` if it is missing, and then checks it.
  static func prepare(_ path: String, _ rule: Rule) throws(SocketFailure) {
    let path = withoutTrailingDots(path)
    do {
      try unsafe SystemCall.run("mkdir", on: path) { unsafe mkdir($0, 0o700) }
    } catch let error where error.code == EEXIST {
      // The usual case, checked below.
    } catch {
      throw .system(error)
    }
    try check(path, rule)
  }

  private static func check(_ path: String, _ rule: Rule) throws(SocketFailure) {
    let status: FileStatus
    do {
      let directory = try FileSystem.openExisting(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      status = try FileStatus(ofNumber: directory.number, path: path)
    } catch let error where error.code == ENOTDIR || error.code == ELOOP {
      let isLink = (try? FileSystem.status(path, followingLinks: false))?.kind == .symbolicLink
      throw .directoryNotPrivate(
        path: path, why: isLink ? "it is a symbolic link" : "it is not a directory")
    } catch {
      throw .system(error)
    }
    let isOurs = status.owner == Environment.userID
    let mode = "(mode 0" + String(status.permissions, radix: 8) + ")"
    switch rule {
    case .exactlyPrivate:
      guard isOurs else { throw .notOwned(path: path, owner: status.owner) }
      guard status.permissions & 0o777 == 0o700 else {
        throw .directoryNotPrivate(path: path, why: "others have rights in it \(mode)")
      }
    case .notWritableByOthers:
      guard isOurs || status.owner == 0 else { throw .notOwned(path: path, owner: status.owner) }
      let isSticky = status.owner == 0 && status.permissions & UInt32(S_ISVTX) != 0
      guard isSticky || status.permissions & 0o022 == 0 else {
        throw .directoryNotPrivate(path: path, why: "others can write to it \(mode)")
      }
    }
  }

  /// With a slash or `/.` at its end, a link would be followed.
  private static func withoutTrailingDots(_ path: String) -> String {
    var bytes = path.utf8[...]
    while bytes.count > 1,
      bytes.last == UInt8(ascii: "/") || bytes.suffix(2).elementsEqual("/.".utf8)
    {
      bytes.removeLast()
    }
    return String(Substring(bytes))
  }
}
