import ConveneCore
import Synchronization

/// Meetings that were read lately, each at its revision.
///
/// Only what is on disk comes in: a meeting at a revision is the same for ever then, since every change gives it
/// another. A list asks for the revisions, and reads anew what has changed.
final class MeetingCache: Sendable {
    /// So many are kept; a meeting takes a few KiB.
    private static let limit = 512

    private let meetings = Mutex<[Int: Meeting]>([:])

    /// The meeting of that number at that revision, where it is kept.
    func meeting(_ number: Int, revision: Int) -> Meeting? {
        meetings.withLock { meetings in
            meetings[number].flatMap { $0.revision == revision ? $0 : nil }
        }
    }

    func clear() { meetings.withLock { $0.removeAll() } }

    func keep(_ meeting: Meeting) {
        meetings.withLock { meetings in
            if meetings.count >= MeetingCache.limit, meetings[meeting.number] == nil { meetings.removeAll() }
            meetings[meeting.number] = meeting
        }
    }
}
