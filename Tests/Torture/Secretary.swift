import ConveneAPI
import ConveneTestSupport
import Foundation
import Glibc
import Synchronization
import Varlink
import VarlinkClient

/// Seconds since 1970 on the system's clock, as the daemon reads it: time(2) may be some milliseconds behind.
func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec
}

/// What one client has planned, and what it was told of that.
struct Plan: Sendable {
    enum Answer: Sendable {
        case acknowledged
        /// The connection ended before the answer, or the disk failed: it may have happened.
        case inDoubt
        case refused
    }

    let summary: String
    /// When its reminders are due: one, or one a second.
    let due: [Int]
    var answer: Answer
    /// The second in which the answer, or the end of the connection, came: it was planned by then, or never.
    var knownBy: Int
    var number: Int?
    var cancelled: (answer: Answer, knownBy: Int)?
}

/// A client that plans meetings whose reminders are due in a moment, edits them, and calls them off.
final class Secretary: Sendable {
    private struct State {
        var plans: [Plan] = []
        /// Of the meeting that is moved again and again: its number, the last start that was acknowledged, and the
        /// one that may hold instead.
        var notebook: (number: Int, start: String, inDoubt: String?)?
        var countAnswers = (acknowledged: 0, refused: 0, inDoubt: 0)
        var isOver = false
        var problem: String?
    }

    private let state = Mutex(State())
    private let mustStop = Atomic(false)
    let name: String
    private let socketPath: String

    var plans: [Plan] { state.withLock { $0.plans } }
    var notebook: (number: Int, start: String, inDoubt: String?)? { state.withLock { $0.notebook } }
    var isOver: Bool { state.withLock { $0.isOver } }
    var problem: String? { state.withLock { $0.problem } }
    var countAnswers: (acknowledged: Int, refused: Int, inDoubt: Int) { state.withLock { $0.countAnswers } }

    init(name: String, socketPath: String, seed: UInt64) {
        self.name = name
        self.socketPath = socketPath
        Thread.detachNewThread { [self] in
            work(SplitMix64(seed: seed))
            state.withLock { $0.isOver = true }
        }
    }

    func stop() { mustStop.store(true, ordering: .relaxed) }

    private func work(_ random: SplitMix64) {
        var random = random
        var client: UnixSocketClient?
        var count = 0
        while !mustStop.load(ordering: .relaxed) {
            // Nobody types faster; it also leaves the daemon time for what is due.
            poll(nil, 0, Int32.random(in: 0...12, using: &random))
            guard let open = client ?? (try? UnixSocketClient(path: socketPath)) else { continue }
            client = open
            count += 1
            if !act(open, count, &random) { client = nil }
        }
    }

    /// One change. Returns whether the connection still stands.
    private func act(_ client: UnixSocketClient, _ count: Int, _ random: inout SplitMix64) -> Bool {
        switch Int.random(in: 0..<100, using: &random) {
        case _ where notebook == nil: openNotebook(client, count)
        case ..<55: plan(client, "\(name).\(count)", lasting: 1, ahead: Int.random(in: 2...4, using: &random))
        case ..<63: plan(client, "\(name).\(count)", lasting: 4, ahead: 3)
        case ..<78: annotate(client, "note \(count)", &random)
        case ..<88: cancel(client, &random)
        default: turnPage(client, count)
        }
    }

    // MARK: What it does

    /// Plans a meeting with a reminder a second before its start, or one of several seconds running.
    private func plan(_ client: UnixSocketClient, _ summary: String, lasting seconds: Int, ahead: Int) -> Bool {
        let start = now() + ahead
        let meeting = NewMeeting(
            summary: summary, when: typed(start), duration: "1h",
            repeat: seconds > 1 ? "FREQ=SECONDLY;COUNT=\(seconds)" : nil, alarms: ["1s"])
        let (answer, reply) = ask(client, Add.self, Add.Parameters(meeting: meeting))
        let plan = Plan(
            summary: summary, due: (0..<seconds).map { start - 1 + $0 }, answer: answer, knownBy: now(),
            number: reply?.change.meeting.number)
        state.withLock { $0.plans.append(plan) }
        return answer != .inDoubt
    }

    /// Adds a note to a meeting whose reminders may be on their way: it takes none of them with it.
    private func annotate(_ client: UnixSocketClient, _ note: String, _ random: inout SplitMix64) -> Bool {
        guard let (_, plan) = recent(&random), let number = plan.number else { return true }
        let parameters = Edit.Parameters(reference: "\(number)", note: note)
        return ask(client, Edit.self, parameters).answer != .inDoubt
    }

    private func cancel(_ client: UnixSocketClient, _ random: inout SplitMix64) -> Bool {
        guard let (index, plan) = recent(&random), let number = plan.number, plan.due.count == 1 else { return true }
        let (answer, _) = ask(client, Cancel.self, Cancel.Parameters(reference: "\(number)"))
        if answer != .refused { state.withLock { $0.plans[index].cancelled = (answer, now()) } }
        return answer != .inDoubt
    }

    private func openNotebook(_ client: UnixSocketClient, _ count: Int) -> Bool {
        let meeting = NewMeeting(
            summary: "\(name) notebook \(count)", when: "2030-01-01 10:00", duration: "1h", alarms: ["none"])
        let (answer, reply) = ask(client, Add.self, Add.Parameters(meeting: meeting))
        if let number = reply?.change.meeting.number {
            state.withLock { $0.notebook = (number, "2030-01-01T10:00:00", nil) }
        }
        return answer != .inDoubt
    }

    /// Moves a meeting that is far off: where it stands in the end must be what was acknowledged last.
    private func turnPage(_ client: UnixSocketClient, _ count: Int) -> Bool {
        guard let notebook else { return true }
        // What is in doubt is settled before the next one: the answer says where it stood.
        let day = count % 28 + 1
        let start = "2031-\(padded(count / 28 % 12 + 1))-\(padded(day))T10:00:00"
        let parameters = Move.Parameters(
            reference: "\(notebook.number)", when: start.replacingOccurrences(of: "T", with: " "))
        let (answer, _) = ask(client, Move.self, parameters)
        state.withLock { state in
            switch answer {
            case .acknowledged: state.notebook = (notebook.number, start, nil)
            // Two in doubt one after the other: either may hold, and neither can be told from the other later.
            case .inDoubt: state.notebook = notebook.inDoubt == nil ? (notebook.number, notebook.start, start) : nil
            case .refused: break
            }
        }
        return answer != .inDoubt
    }

    /// One of the last meetings that were acknowledged and not called off.
    private func recent(_ random: inout SplitMix64) -> (Int, Plan)? {
        let candidates = plans.enumerated().suffix(12).filter { $1.number != nil && $1.cancelled == nil }
        return candidates.randomElement(using: &random).map { ($0.offset, $0.element) }
    }

    // MARK: Asking

    private func ask<Method: VarlinkMethod>(
        _ client: UnixSocketClient, _ method: Method.Type, _ parameters: Method.Parameters
    ) -> (answer: Plan.Answer, reply: Method.Reply?) {
        do {
            let reply = try client.call(method, parameters)
            state.withLock { $0.countAnswers.acknowledged += 1 }
            return (.acknowledged, reply)
        } catch let error as ErrorReply {
            let answer = judge(error, method.name)
            state.withLock {
                if answer == .refused { $0.countAnswers.refused += 1 } else { $0.countAnswers.inDoubt += 1 }
            }
            return (answer, nil)
        } catch {
            state.withLock { $0.countAnswers.inDoubt += 1 }
            return (.inDoubt, nil)
        }
    }

    private func judge(_ error: ErrorReply, _ method: String) -> Plan.Answer {
        guard case .storageFailed(let reason, _)? = ScheduleError(error) else {
            // An edit of something that was over, or was called off meanwhile, is refused; an addition never is.
            if method == Add.name { state.withLock { $0.problem = "\(method) was refused: \(error)" } }
            return .refused
        }
        // 'Full' did not happen. After a failed sync nobody knows, and the daemon ends.
        return reason.hasPrefix("the disk is full") ? .refused : .inDoubt
    }
}

func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// A moment in UTC, as one types it.
private func typed(_ moment: Int) -> String {
    var moment = time_t(moment)
    var parts = tm()
    gmtime_r(&moment, &parts)
    return "\(parts.tm_year + 1900)-\(padded(Int(parts.tm_mon) + 1))-\(padded(Int(parts.tm_mday))) "
        + "\(padded(Int(parts.tm_hour))):\(padded(Int(parts.tm_min))):\(padded(Int(parts.tm_sec)))"
}
