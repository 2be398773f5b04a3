import Synchronization

/// How far a derivation has come.
final class Derivation: Sendable {
    private let number = Mutex(0)

    var last: Int { number.withLock { $0 } }
    func advance(to number: Int) { self.number.withLock { $0 = number } }
    func restart() { number.withLock { $0 = 0 } }
}
