/// What is mounted where, as the kernel lists it.
///
/// Source: proc_pid_mountinfo(5).
struct Mounts {
  /// Kinds of file systems by the number of their device, `major:minor`.
  private var kinds: [String: String] = [:]

  /// Empty where the kernel does not tell.
  init() {
    let text = (try? FileSystem.readFile("/proc/self/mountinfo", lengthMax: 1 << 20)) ?? []
    self.init(String(decoding: text, as: UTF8.self))
  }

  /// - Parameter text: a line for each mount. The third field is the device, and the kind is the one after a lone `-`.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2, let dash = fields.firstIndex(of: "-"),
        fields.indices.contains(dash + 1)
      else { continue }
      kinds[String(fields[2])] = String(fields[dash + 1])
    }
  }

  /// Whether files of a device may change without this machine's doing, so that nobody tells.
  func isRemote(device: UInt64) -> Bool {
    // makedev(3), as glibc has it.
    let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
    let minor = device & 0xFF | (device >> 12) & ~0xFF
    guard let kind = kinds["\(major):\(minor)"] else { return false }
    return Mounts.remoteKinds.contains(kind) || kind.hasPrefix("fuse.")
  }

  private static let remoteKinds: Set = [
    "9p", "afs", "ceph", "cifs", "fuse", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf",
    "virtiofs", "vmhgfs",
  ]
}
