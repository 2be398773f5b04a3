import ConveneCore
import ConveneStore
import ZonedTime

// What belongs to a whole: the meetings of an assembly or a visit, and those on its sidelines.
extension MeetingBook {
    /// At most so many parts of one whole.
    private static let parts = 1_000

    /// What became of the parts when their whole was moved.
    struct MovedParts {
        var moved: [String] = []
        /// Those that lay inside it, and do not any more.
        var outside: [String] = []
    }

    /// Moves the parts by as much as their whole was moved, or finds those that now lie outside it.
    ///
    /// - Parameter recurrenceID: which occurrence of the whole.
    func moveParts(
        of old: CoreMeeting, _ new: CoreMeeting, _ recurrenceID: CivilDateTime?, areAsked: Bool, cause: String,
        depth: Int = 0, _ desk: Desk, _ transaction: ScheduleTransaction
    ) throws -> MovedParts {
        var parts = MovedParts()
        guard depth < 10, let before = try old.occurrence(of: recurrenceID, in: zones),
            let after = try new.occurrence(of: recurrenceID, in: zones), before.timing != after.timing
        else { return parts }
        for number in try transaction.schedule.numbers(relatedTo: new.number, limit: MeetingBook.parts) {
            guard let part = try transaction.schedule.meeting(number), !part.isSeries, part.status != .held,
                part.status != .cancelled,
                part.relations.contains(where: {
                    $0.isPart && $0.target == new.number && $0.recurrenceID == recurrenceID
                })
            else { continue }
            let name = "\(part.number) \(part.summary)"
            guard areAsked else {
                if part.timing.lies(in: before), !part.timing.lies(in: after) { parts.outside.append(name) }
                continue
            }
            var moved = part
            try moved.move(nil, to: part.timing.following(before.timing, to: after.timing), in: zones)
            guard moved != part else { continue }
            let changed = try about(part, reference: "\(part.number)") {
                try transaction.update(
                    part, to: moved, .init(verb: "move", what: "with \(new.number) \(new.summary)", cause: cause))
            }
            parts.moved.append(name)
            try follow(part, changed, cause: cause, desk, transaction)
            let inner = try moveParts(
                of: part, changed, nil, areAsked: true, cause: cause, depth: depth + 1, desk, transaction)
            parts.moved += inner.moved
        }
        return parts
    }
}

extension MeetingBook {
    /// The parts of a whole that was called off, and that are still to take place.
    func partsLeft(
        of whole: CoreMeeting, _ recurrenceID: CivilDateTime?, _ view: ScheduleView
    ) throws -> [String] {
        try view.numbers(relatedTo: whole.number, limit: MeetingBook.parts).compactMap { number in
            guard let part = try view.meeting(number), part.status.reminds,
                part.relations.contains(where: {
                    $0.isPart && $0.target == whole.number && $0.recurrenceID == recurrenceID
                })
            else { return nil }
            return "\(part.number) \(part.summary)"
        }
    }

    /// What a part that was moved by itself lies outside of now.
    func wholeLeft(
        by part: CoreMeeting, _ timing: Timing, instead old: Timing?, _ view: ScheduleView
    ) throws -> String? {
        guard let relation = part.relations.first(where: \.isPart), let whole = try view.meeting(relation.target),
            let occurrence = try whole.occurrence(of: relation.recurrenceID, in: zones), !timing.lies(in: occurrence),
            old?.lies(in: occurrence) ?? false
        else { return nil }
        return whole.summary
    }
}

extension Relation {
    /// Whether it makes a part of the other, or puts it on its sidelines.
    var isPart: Bool { kind == .partOf || kind == .sidelines }
}

extension Timing {
    /// Whether all of it lies within the days of another.
    func lies(in whole: CoreOccurrence) -> Bool {
        let last = whole.timing.isTimed ? whole.resolved.endReading.date : whole.timing.lastDay
        return start.date >= whole.timing.start.date && lastDayOfAny <= last
    }

    /// The same, as long after the whole's new start as it was after its old one, on the whole's clock where it was.
    func following(_ old: Timing, to new: Timing) -> Timing {
        // What had the days of the whole has them still.
        if form == .window, old.form != .timed, new.form != .timed, start == old.start, duration == old.duration {
            return Timing(.window, first: new.start.date, last: new.lastDay, zone: new.zone, city: new.city) ?? self
        }
        let days = new.start.date.days(since: old.start.date)
        let hours =
            isTimed && old.isTimed && new.isTimed
            ? new.start.time.secondOfDay - old.start.time.secondOfDay : 0
        let moved = start.advanced(byDays: days)?.advanced(bySeconds: Int64(hours)) ?? start
        guard zone == old.zone, zone != new.zone else { return starting(at: moved) }
        return changedClock(to: new).starting(at: moved)
    }

    private func changedClock(to other: Timing) -> Timing {
        guard !isTimed else {
            return Timing(start: start, duration: duration, zone: other.zone, city: other.city)
        }
        return Timing(form, first: start.date, last: lastDay, zone: other.zone, city: other.city) ?? self
    }
}
