// Databases that are again what they were, or began as a copy of another.
extension Checker {
    /// Whether a meeting is a series, and which day it is where it is, or was, a meeting of its own.
    struct Form: Hashable {
        let isSeries: Bool
        let ownDay: Int64

        init(_ meeting: AgreedMeeting) {
            isSeries = meeting.isSeries
            ownDay = meeting.ownDay
        }
    }

    struct Backup {
        fileprivate let meetings: [String: AgreedMeeting]
        fileprivate let sheets: AgreedSheets?
        fileprivate let sheetsUpTo: Int64
        fileprivate let standings: [AgreedReminder: Standing]
        fileprivate let starts: [String: Set<Int64>]
        fileprivate let forms: [String: Form]
        /// What people could read by then.
        fileprivate let entries: Set<Int>
    }

    func backup() -> Backup {
        Backup(
            meetings: meetings, sheets: sheets, sheetsUpTo: sheetsUpTo, standings: standings, starts: starts,
            forms: forms,
            entries: Set(told.values.joined().map(\.entry)).union(asked.values.joined().map(\.entry)))
    }

    /// The database is again what it was; what people have read they have read.
    func restore(_ backup: Backup, at now: Int64) {
        meetings = backup.meetings
        for (uid, meeting) in meetings { lengths[uid] = meeting.length }
        renamedSince.formUnion(forms.keys.filter { forms[$0] != backup.forms[$0] })
        forms.merge(backup.forms) { $1 }
        (sheets, sheetsUpTo) = (backup.sheets, backup.sheetsUpTo)
        renamedSince.formUnion(starts.keys.filter { starts[$0] != backup.starts[$0] })
        let present = standings
        replace(backup.standings)
        // All that were in sight before are.
        extendSheets(isForced: true)
        for (reminder, standing) in present where standing == .told { set(reminder, .told) }
        for (reminder, standing) in present where standing != .told && standings[reminder] == nil {
            set(reminder, .withdrawn(mayArrive: true))
        }
        // What was under way is, whatever the backup knew of it.
        for (reminder, standing) in present where [.pending, .lapsed, .withdrawn(mayArrive: true)].contains(standing) {
            if standings[reminder] != .pending, standings[reminder] != .told, standings[reminder] != .lapsed {
                set(reminder, .withdrawn(mayArrive: true))
            }
        }
        // What the backup has as agreed and is to come is none that was taken back.
        strays = strays.filter { !isAgreed($0) || due($0) <= now }
        // What stands in neither is forgotten.
        for key in told.keys {
            told[key]?.removeAll { vacuumed.contains($0.entry) && !backup.entries.contains($0.entry) }
        }
        forget { vacuumed.contains($0) && !backup.entries.contains($0) }
        restored.formUnion(meetings.keys)
        // A pause that began by a clock that was set back since counts by the present one.
        for reminder in pending where reminder.isQuestion && !reminder.isAskedAgain {
            if due(reminder) > now + AgreedQuestion.pause { hasBeenDue.insert(reminder) }
        }
        lastChangeOfPlan = max(lastChangeOfPlan, now)
    }

    /// Begins as a copy of another database: what that one said is said.
    func begin(with backup: Backup, lengthsOf other: Checker) {
        meetings = backup.meetings
        (sheets, sheetsUpTo) = (backup.sheets, backup.sheetsUpTo)
        replace(backup.standings)
        (lengths, starts, renamedSince, forms) = (other.lengths, other.starts, other.renamedSince, other.forms)
        highestWall = other.highestWall
        // What that one had asked by then may be taken back here, too.
        everAsked = other.everAsked
        // A pause that another clock has shortened is as short in the copy.
        hasBeenDue = other.hasBeenDue.filter(\.isQuestion)
        extendSheets()
    }
}
