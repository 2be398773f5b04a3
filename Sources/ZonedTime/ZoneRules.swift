/// All that a zone file says: the changes it lists, and the yearly rule that goes on after the last of them.
///
/// A class, so that a `TimeZone` is one reference; immutable, so that it can be shared.
final class ZoneRules: Sendable {
    /// Instants in seconds since 1970-01-01T00:00:00Z, strictly increasing.
    let changes: [Int64]
    /// One more than `changes`: `types[i]` holds before `changes[i]`, `types[i + 1]` from it on.
    let types: [LocalTimeType]
    /// What holds from the last change on, where the clocks keep changing every year; without any change, always.
    let yearly: YearlyRule?

    // The same once more, each in an array of its own, so that a search touches little memory.

    /// The offset of each type.
    let offsets: [Offset]
    /// For each change, the first reading that it makes ambiguous or skips…
    let changedReadings: [Int64]
    /// …and the first after it that it leaves alone.
    let settledReadings: [Int64]
    private let changesIndex: TimeIndex
    private let readingsIndex: TimeIndex

    /// - Parameters:
    ///   - changes: strictly increasing.
    ///   - types: one more than `changes`.
    init(changes: [Int64], types: [LocalTimeType], rule: PosixRule?) {
        var (changes, types) = (changes, types)
        // From the last change on the rule has the word (RFC 9636 §3.3), also where a file contradicts itself.
        if let rule { types[changes.count] = rule.localTimeType(at: changes.last ?? 0) }
        if case .yearly(let rule) = rule {
            yearly = rule
            ZoneRules.list(rule, after: &changes, types: &types)
        } else {
            yearly = nil
        }
        var kept: (changes: [Int64], types: [LocalTimeType]) = ([], [types[0]])
        for (index, change) in changes.enumerated() {
            // Fat files list changes of nothing. The last stays nevertheless: it is where the rule takes over.
            guard types[index + 1] != kept.types.last || index == changes.count - 1 else { continue }
            kept.changes.append(change)
            kept.types.append(types[index + 1])
        }
        self.changes = kept.changes
        self.types = kept.types

        let offsets = kept.types.map(\.offset)
        self.offsets = offsets
        changedReadings = kept.changes.indices.map { index in
            let earlier = min(offsets[index], offsets[index + 1])
            return Instant(secondsSinceEpoch: kept.changes[index])
                .advanced(bySeconds: Int64(earlier.secondsEastOfUTC)).secondsSinceEpoch
        }
        settledReadings = kept.changes.indices.map { index in
            let later = max(offsets[index], offsets[index + 1])
            return Instant(secondsSinceEpoch: kept.changes[index])
                .advanced(bySeconds: Int64(later.secondsEastOfUTC)).secondsSinceEpoch
        }
        changesIndex = TimeIndex(kept.changes)
        readingsIndex = TimeIndex(changedReadings)
    }

    /// How many of the listed changes are not later than an instant.
    func countOfChanges(upTo instant: Int64) -> Int { changesIndex.count(upTo: instant, in: changes) }

    /// How many of the listed changes begin at a reading or before it.
    func countOfChangedReadings(upTo reading: Int64) -> Int { readingsIndex.count(upTo: reading, in: changedReadings) }

    /// Lists what a rule says until the year 2100, for a search takes less time than the calendar's arithmetic.
    private static func list(_ rule: YearlyRule, after changes: inout [Int64], types: inout [LocalTimeType]) {
        // A file that ends earlier than 1970 would make a long list of changes that nobody asks for.
        guard let last = changes.last, last >= 0 else { return }
        var next = rule.span(at: last).end
        while next.instant > changes.last ?? .max, next.instant < listedUntil {
            changes.append(next.instant)
            types.append(rule.type(from: next))
            next = rule.span(at: next.instant).end
        }
    }

    /// 2100-01-01T00:00:00Z.
    private static let listedUntil: Int64 = 4_102_444_800
}

extension ZoneRules: Equatable {
    static func == (lhs: ZoneRules, rhs: ZoneRules) -> Bool {
        lhs === rhs || (lhs.changes == rhs.changes && lhs.types == rhs.types && lhs.yearly == rhs.yearly)
    }
}
