import Glibc

/// Ends the process at once: no destructor runs, nothing is flushed, other threads stop where they are.
///
/// Whoever holds a ``UnixListener`` lets it go first, or its socket file stays for the next daemon to clear.
package func exitProcess(_ status: Int32) -> Never {
  _exit(status)
}
