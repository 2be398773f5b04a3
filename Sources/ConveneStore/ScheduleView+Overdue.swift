public import ConveneCore
import GRDB
public import ZonedTime

extension ScheduleView {
    /// An occurrence by its names in the store.
    public struct Reference: Hashable, Sendable {
        public let meeting: Int
        public let recurrenceID: CivilDateTime?
    }

    /// What ended in a span of time and nobody has said how: single meetings and rounds of talks, the earliest first.
    ///
    /// A series is held without anyone saying so each time, and what comes after another is held with it. Only rows of
    /// the index by date are read, at most `limit` of a class of length that qualify.
    ///
    /// - Parameters:
    ///   - span: the ends; both included.
    ///   - statuses: how it stands.
    public func ended(in span: ClosedRange<Instant>, statuses: Set<Status>, limit: Int) throws -> [Reference] {
        let standing = Status.allCases.filter(statuses.contains).map { "'\($0.rawValue)'" }.joined(separator: ", ")
        var found: [(starts: Int64, reference: Reference)] = []
        for length in SpanClass.allCases {
            let first = span.lowerBound.advanced(bySeconds: -length.upperBound)
            found += try db.rows(
                """
                SELECT starts, meeting, recurrence_id FROM dated
                WHERE span = ?1 AND starts BETWEEN ?2 AND ?4 AND ends BETWEEN ?3 AND ?4 AND status IN (\(standing))
                    AND (recurrence_id IS NULL OR EXISTS (SELECT 1 FROM rounds WHERE rounds.meeting = dated.meeting))
                    AND NOT EXISTS (SELECT 1 FROM relation WHERE relation.meeting = dated.meeting AND kind = 'after')
                ORDER BY starts, id LIMIT ?5
                """,
                [
                    length.rawValue, first.secondsSinceEpoch, span.lowerBound.secondsSinceEpoch,
                    span.upperBound.secondsSinceEpoch, limit,
                ]
            ) { row in
                (
                    try row[0],
                    Reference(
                        meeting: try row[1],
                        recurrenceID: try row.optional(2, "recurrence_id") { CivilDateTime(iso8601: $0) })
                )
            }
        }
        return found.sorted { $0.starts < $1.starts }.prefix(limit).map(\.reference)
    }
}
