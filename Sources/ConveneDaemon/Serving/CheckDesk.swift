import ConveneAPI
import ConveneStore
import Dispatch
import LinuxTime

/// Proves that what is derived is what people's writing gives.
///
/// It looks at a part after the other, on a thread of its own: nobody waits for it, neither a write nor a read.
struct CheckDesk: Sendable {
    let store: MeetingStore
    let clock: any WallClock
    /// Of the zone data from which the instants must have been derived.
    let fingerprint: @Sendable () -> String
    private let thread = DispatchQueue(label: "convened.check")

    /// So many faults are named; the others are counted.
    fileprivate static let limit = 100
    /// So many meetings are looked at in one read.
    private static let batch = 200

    init(store: MeetingStore, clock: any WallClock, fingerprint: @escaping @Sendable () -> String) {
        self.store = store
        self.clock = clock
        self.fingerprint = fingerprint
    }

    func check(rebuilding: Bool) async throws -> Check.Reply {
        var reply = Check.Reply(meetings: 0, faults: [], countFaults: 0, rebuilt: 0)
        do {
            if try await store.needsDerivation(from: fingerprint()) {
                // The scheduler is at it; what it has not come to yet would be taken for wrong.
                reply.add(
                    Fault(
                        place: "zones", what: "new zone data is being worked in; check again in a minute",
                        rebuildable: false))
                return reply
            }
            for fault in try await apart({ try store.checkFile(limit: CheckDesk.limit) }) { reply.add(Fault(fault)) }
            try await checkMeetings(&reply, rebuilding: rebuilding)
        } catch StoreError.damaged(_, let reason) {
            reply.add(Fault(place: "file", what: reason, rebuildable: false))
        }
        return reply
    }

    private func checkMeetings(_ reply: inout Check.Reply, rebuilding: Bool) async throws {
        if rebuilding, reply.faults.contains(where: \.rebuildable) {
            try await store.rebuild([], at: clock.now())
        }
        var last: Int? = 0
        while let number = last {
            let part = try await apart { [clock, store] in
                try store.check(behind: number, limit: CheckDesk.batch, at: clock.now())
            }
            last = part.last
            reply.meetings += part.countMeetings
            for fault in part.faults { reply.add(Fault(fault)) }
            let broken = Set(part.faults.filter(\.canBeRebuilt).compactMap(\.meeting))
            guard rebuilding, !broken.isEmpty else { continue }
            try await store.rebuild(broken.sorted(), at: clock.now())
            reply.rebuilt += broken.count
        }
    }

    private func apart<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            thread.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

extension Check.Reply {
    fileprivate mutating func add(_ fault: Fault) {
        countFaults += 1
        if faults.count < CheckDesk.limit { faults.append(fault) }
    }
}

extension Fault {
    fileprivate init(_ fault: StoreFault) {
        self.init(
            place: fault.place, number: fault.meeting, summary: fault.summary, what: fault.what,
            rebuildable: fault.canBeRebuilt)
    }
}
