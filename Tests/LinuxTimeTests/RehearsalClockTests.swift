import ConveneTestSupport
import LinuxTime
import Testing
import ZonedTime

@Suite("A clock that moves when told", .ownThread, .timeLimit(.minutes(5)))
struct RehearsalClockTests {
    let nine = Instant(secondsSinceEpoch: 1_568_160_000)

    @Test("It stands still, and moves to where it is told")
    func moves() throws {
        let clock = RehearsalClock(at: nine)
        #expect(clock.now() == nine)
        try clock.advance(to: nine.advanced(bySeconds: 60))
        #expect(clock.now() == nine.advanced(bySeconds: 60))
        try clock.advance(to: nine.advanced(bySeconds: 60))
        #expect(clock.now() == nine.advanced(bySeconds: 60))
    }

    @Test("It never goes back")
    func neverBack() {
        let clock = RehearsalClock(at: nine)
        let earlier = nine.advanced(bySeconds: -1)
        #expect(throws: RehearsalClockError.backwards(from: nine, to: earlier)) { try clock.advance(to: earlier) }
        #expect(clock.now() == nine)
    }

    @Test("A deadline is announced once when it is reached, not before")
    func deadline() async throws {
        let clock = RehearsalClock(at: nine)
        clock.arm(at: nine.advanced(bySeconds: 10))
        try clock.advance(to: nine.advanced(bySeconds: 9))
        #expect(clock.deadline == nine.advanced(bySeconds: 10))
        try clock.advance(to: nine.advanced(bySeconds: 11))
        #expect(clock.deadline == nil)
        try clock.advance(to: nine.advanced(bySeconds: 12))
        clock.stop()
        #expect(await clock.events.all() == [.deadline])
    }

    @Test("A past deadline is announced at once, a withdrawn one never")
    func pastAndWithdrawn() async throws {
        let clock = RehearsalClock(at: nine)
        clock.arm(at: nine)
        var events = clock.events.makeAsyncIterator()
        #expect(await events.next() == .deadline)
        clock.arm(at: nine.advanced(bySeconds: 10))
        clock.arm(at: nil)
        try clock.advance(to: nine.advanced(bySeconds: 11))
        clock.stop()
        #expect(await events.next() == nil)
    }

    @Test("A reader that waits is woken, and a cancelled one let go")
    func waitingReader() async throws {
        let clock = RehearsalClock(at: nine)
        let reader = Task { await clock.events.first { _ in true } }
        clock.arm(at: nine)
        #expect(await reader.value == .deadline)
        let cancelled = Task { await clock.events.first { _ in true } }
        cancelled.cancel()
        #expect(await cancelled.value == nil)
    }

    @Test("However many deadlines come while nobody reads, one event waits")
    func coalesces() async throws {
        let clock = RehearsalClock(at: nine)
        for _ in 1...1_000 { clock.arm(at: nine) }
        clock.stop()
        #expect(await clock.events.all() == [.deadline])
    }
}

extension AsyncStream where Element: Sendable {
    /// Everything until the stream ends.
    func all() async -> [Element] {
        var elements: [Element] = []
        for await element in self { elements.append(element) }
        return elements
    }
}
