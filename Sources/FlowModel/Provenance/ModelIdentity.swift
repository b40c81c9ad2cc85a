package import JSON
import Synchronization

/// The name of a model and the moment it carries.
///
/// Source: docs/guides/integrator.md, "The model id".
package struct ModelIdentity: Hashable, Sendable {
  /// `model_{timestamp}_{hash}`.
  package let modelID: String
  package let generatedAt: Timestamp

  /// Hex digits at the end of an id.
  package static let hashLength = 8
  /// Among so many different inputs some two share these digits with a chance of one half: √(2 ln 2 · 2^32).
  package static let evenChanceCount = 77_163

  package init(hash: String, at time: Timestamp, withFraction: Bool = false) {
    modelID = "model_\(time.basic(withFraction: withFraction))_\(hash)"
    generatedAt = time
  }

  /// The first 8 hex digits of SHA-256 over `{templateID}:{parameters as RFC 8785 JSON}`.
  ///
  /// Eight digits name, they do not prove: among 10,000 different inputs some two share them with a chance of about
  /// 1 %. `template_hash` and `model_hash` are whole.
  package static func hash(templateID: String, parameters: JSONObject) throws(CanonicalFailure)
    -> String
  {
    var sha = SHA256()
    sha.update(Array((templateID + ":").utf8))
    sha.update(try CanonicalJSON.bytes(of: .object(parameters)))
    return String(sha.finalizeHex().prefix(hashLength))
  }
}

/// Gives out model identities.
package protocol IdentityIssuer {
  func issue(hash: String) -> ModelIdentity
}

/// A clock that stands still: the same request gives the same bytes.
package struct FixedIdentities: IdentityIssuer {
  private let time: Timestamp

  package init(at time: Timestamp) {
    self.time = time
  }

  package func issue(hash: String) -> ModelIdentity {
    ModelIdentity(hash: hash, at: time)
  }
}

/// Never gives out one identity twice.
///
/// The usual id has the second only. If this process already gave out the same second and hash, the id carries the
/// fraction, moved on by a microsecond where that too is taken. A clock that is set back is not followed. Memory: one
/// entry for each hash given out within the present second.
package final class UniqueIdentities: IdentityIssuer, Sendable {
  private struct State {
    var second: Int64 = .min
    /// The latest moment given out in this second, by hash. Unit: microseconds since 1970.
    var latest: [String: Int64] = [:]
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Timestamp

  /// - Parameter now: the present moment; read once for each identity.
  package init(now: @escaping @Sendable () -> Timestamp) {
    self.now = now
  }

  package func issue(hash: String) -> ModelIdentity {
    let reading = now()
    return state.withLock { state in
      var time = reading
      if time.second > state.second {
        state.second = time.second
        // A moment that was moved on into this second stays taken.
        let start = time.microseconds - time.fraction
        state.latest = state.latest.filter { $0.value >= start }
      } else if time.second < state.second, let held = Timestamp(seconds: state.second) {
        time = held
      }
      guard let latest = state.latest[hash] else {
        state.latest[hash] = time.microseconds
        return ModelIdentity(hash: hash, at: time)
      }
      // A fraction of zero is no fraction: the id would be the first one again.
      var next = max(time.microseconds, latest + 1)
      if next % 1_000_000 == 0 { next += 1 }
      let moved = Timestamp(microseconds: next) ?? time
      state.latest[hash] = next
      return ModelIdentity(hash: hash, at: moved, withFraction: true)
    }
  }
}
