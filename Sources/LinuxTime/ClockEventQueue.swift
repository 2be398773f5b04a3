internal import Synchronization

/// Clock events on their way to one reader, each kind at most once: however slow the reader, the queue stays short,
/// and no kind is lost.
final class ClockEventQueue: Sendable {
    private struct State {
        var pending: [ClockEvent] = []
        var reader: CheckedContinuation<ClockEvent?, Never>?
        var isFinished = false
    }

    private let state = Mutex(State())

    /// The events as a stream, for one reader.
    func stream() -> AsyncStream<ClockEvent> {
        AsyncStream(unfolding: { await self.next() }, onCancel: { self.finish() })
    }

    func post(_ event: ClockEvent) {
        let reader: CheckedContinuation<ClockEvent?, Never>? = state.withLock { state in
            guard !state.isFinished else { return nil }
            if let reader = state.reader.take() { return reader }
            if !state.pending.contains(event) { state.pending.append(event) }
            return nil
        }
        reader?.resume(returning: event)
    }

    /// Ends the stream behind what is pending.
    func finish() {
        let reader = state.withLock { state in
            state.isFinished = true
            return state.reader.take()
        }
        reader?.resume(returning: nil)
    }

    private func next() async -> ClockEvent? {
        await withCheckedContinuation { continuation in
            let answer: ClockEvent?? = state.withLock { state in
                if !state.pending.isEmpty { return .some(state.pending.removeFirst()) }
                if state.isFinished || state.reader != nil { return .some(nil) }
                state.reader = continuation
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }
}
