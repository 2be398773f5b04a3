/// Why a call was refused; nothing was changed by it.
///
/// Each case is an error of the interface, with the interface's parameters.
public enum ScheduleError: Error, Hashable, Codable, Sendable {
    /// No meeting has that number, UID or summary.
    case noSuchMeeting(reference: String, suggestions: [String])
    /// Several may be meant.
    case ambiguousReference(reference: String, candidates: [Candidate])
    /// The series has no such occurrence; the nearest ones are.
    case noSuchOccurrence(reference: String, date: String, nearest: [String])
    /// A series was named where one occurrence, or all of them, must be.
    case occurrenceRequired(reference: String, nearest: [String])
    /// A text could not be understood, from position on for length scalars.
    case notUnderstood(field: String, text: String, position: Int, length: Int, reason: String, suggestions: [String])
    /// A recurrence rule is not one (RFC 5545 3.3.10).
    case invalidRecurrenceRule(text: String, position: Int, reason: String)
    /// tzdb has no such zone, and no city of that name is known.
    case unknownZone(name: String, suggestions: [String])
    /// The change is not possible for what the meeting is; the reason says why and what is.
    case notPossible(number: Int, summary: String, reason: String, hint: String)
    /// The meeting was changed since.
    case staleRevision(expected: Int, found: Int)
    /// There is no change to undo, or none of that id.
    case nothingToUndo(reason: String)
    /// Later changes touched the same thing.
    case undoConflict(record: String, number: Int, reason: String)
    /// The clock is the real one: only a rehearsal's can be moved.
    case notRehearsing
    /// More than one answer or transaction may hold.
    case tooMuch(what: String, limit: Int)
    /// The database could not take it: full, read-only.
    case storageFailed(reason: String, hint: String)
}
