public import ZonedTime

/// Why a change to a meeting is not possible.
public enum MeetingProblem: Error, Hashable, Sendable {
    case unknownZone(String)
    /// The series has no occurrence of that original or present start.
    case noSuchOccurrence(CivilDateTime)
    /// A series was named where one of its occurrences must be.
    case occurrenceRequired
    /// The status table does not allow it.
    case statusChange(from: Status, to: Status)
    /// The table of acts does not allow it.
    case notPossible(Act, Standing, of: PeriodName? = nil)
    /// A round that is open has no date to be agreed.
    case noDateYet
    /// A round cannot be merged with itself.
    case mergedWithItself
    /// It is not held in rounds.
    case noRounds
    /// The series is held in rounds, whose dates are agreed one by one.
    case isRounds
    /// Nothing is held before its start.
    case notBegun(of: PeriodName? = nil)
    /// What is held never changes.
    case held
    /// What is over does not go elsewhere.
    case isOver
    /// The end is not after the start.
    case endBeforeStart
    /// Longer than so many days.
    case tooLong(days: Int)
    /// The rule itself names the day, so a move to another day needs another rule.
    case dayIsInRule
    /// The rule itself names the hours, so a move to another hour needs another rule.
    case hourIsInRule
    /// One date of a series has no rule of its own.
    case ruleOfDate(CivilDateTime)
    /// Rules go with an hour, whole days or an open hour, not with a window of several days.
    case windowRecurs
    /// A series cannot go on from before one of its dates that stays as it is.
    case beforeDateThatStays(CivilDateTime)
    /// Nothing of the series is still to come.
    case seriesIsOver
    /// The new date lies outside the window that was agreed.
    case outsideWindow(first: CivilDate, last: CivilDate, of: PeriodName? = nil)
    /// A change of the hour needs a day to belong to.
    case dayRequired
    case summaryMissing
    /// A text is longer than the limit in Unicode scalars.
    case textTooLong(field: String, limit: Int)
    /// A text holds U+0000, which neither the journal nor the protocol can carry.
    case textWithNull(field: String)
    /// The rule has no instance at all.
    case neverOccurs
    /// More dates are taken out of a series than one may lack.
    case tooManyExceptions(limit: Int)
}
