import Synchronization

/// Tells those who follow that there is something new to read.
///
/// It carries nothing itself: what is new stands in the store, behind the cursor of each who follows, so nobody
/// can miss anything by being slow.
final class ChangeFeed: Sendable {
    private struct State {
        var followers: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Something was committed.
    func announce() {
        let followers = state.withLock { Array($0.followers.values) }
        for follower in followers { follower.yield() }
    }

    /// Announcements from now on; several that nobody has taken yet are one.
    func announcements() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let key = state.withLock { state in
            state.next += 1
            state.followers[state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.followers[key] = nil }
        }
        return stream
    }

    func end() {
        let followers = state.withLock { Array($0.followers.values) }
        for follower in followers { follower.finish() }
    }
}
