import CSystemd
import Foundation

/// A reader of a journal that notes when it sees each entry, as a program that follows the journal does.
///
/// It looks every 50 µs; `isWaiting` instead sleeps in sd_journal_wait(3), which journald wakes up to half a second late.
final class JournalFollower: @unchecked Sendable {
    private let lock = NSLock()
    private var isOver = false
    private var seen: [(due: Double, lateness: Double, isBare: Bool)] = []
    private let done = DispatchSemaphore(value: 0)

    init(directory: String, isWaiting: Bool) {
        Thread.detachNewThread { [self] in
            follow(directory, isWaiting)
            done.signal()
        }
    }

    /// Ends it; returns how long after its moment each entry was seen, in seconds.
    func stop() -> (reminders: [Double], bare: [Double]) {
        lock.withLock { isOver = true }
        done.wait()
        return (seen.filter { !$0.isBare }.map(\.lateness), seen.filter(\.isBare).map(\.lateness))
    }

    private func follow(_ directory: String, _ isWaiting: Bool) {
        var opened: OpaquePointer?
        guard sd_journal_open_directory(&opened, directory, 0) >= 0, let journal = opened else { return }
        defer { sd_journal_close(journal) }
        sd_journal_get_fd(journal)
        // What is there already is nobody's concern, and would take a while.
        sd_journal_seek_tail(journal)
        sd_journal_previous(journal)
        while !lock.withLock({ isOver }) {
            if isWaiting { sd_journal_wait(journal, 200_000) } else { sd_journal_process(journal) }
            while sd_journal_next(journal) > 0 { note(journal) }
            if !isWaiting {
                var pause = timespec(tv_sec: 0, tv_nsec: 50_000)
                nanosleep(&pause, nil)
            }
        }
    }

    private func note(_ journal: OpaquePointer) {
        let now = Clock.realtime()
        if let due = field("BARE_DUE", of: journal).flatMap(Double.init) {
            seen.append((due, now - due, true))
        } else if field("CONVENE_KIND", of: journal) == "reminder",
            let due = field("CONVENE_DUE", of: journal).flatMap(ISO8601DateFormatter().date(from:))
        {
            seen.append((due.timeIntervalSince1970, now - due.timeIntervalSince1970, false))
        }
    }

    private func field(_ name: String, of journal: OpaquePointer) -> String? {
        var data: UnsafeRawPointer?
        var count = 0
        guard sd_journal_get_data(journal, name, &data, &count) >= 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(start: data, count: count).dropFirst(name.utf8.count + 1)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Clock {
    /// Seconds since 1970.
    static func realtime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
