import Synchronization

/// Gives ids that a seed determines, on any thread.
final class IDMaker: Sendable {
    private let random: Mutex<RandomSource>

    init(seed: UInt64) { random = Mutex(RandomSource(seed: seed)) }

    @Sendable func next() -> String {
        random.withLock { random in
            let digits = String(random.next(), radix: 16) + String(random.next(), radix: 16)
            return String(repeating: "0", count: max(0, 32 - digits.count)) + digits
        }
    }
}
