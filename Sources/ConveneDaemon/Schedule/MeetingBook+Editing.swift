import ConveneAPI
import ConveneCore
import ConveneStore
import Recurrence
import ZonedTime

extension MeetingBook {
    /// Changes what is given, and leaves the rest.
    func edit(_ request: Edit.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting, view in
            let isAboutDates = request.repeat != nil || request.duration != nil || request.zone != nil
            if meeting.rounds != nil, target.recurrenceID == nil && isAboutDates || request.repeat != nil {
                throw MeetingProblem.isRounds
            }
            var outcome = Outcome(verb: "edit", what: "", recurrenceID: target.recurrenceID)
            var what: [String] = []
            try describe(request, target, &meeting, &what)
            try edit(timing: request, target, &meeting, &outcome, &what, desk)
            if let text = request.status {
                let status = try CoreStatus(understanding: text, field: "status")
                try meeting.setStatus(status, of: target.recurrenceID, at: desk.now, in: zones)
                what.append(status.rawValue)
            }
            if let typed = request.alarms {
                let zone = try zones.zone(named: meeting.timing.zone)
                meeting.alarms = try Alarms(
                    typed: typed, standard: try view.defaultAlarms(), in: desk.context(in: zone), newID: newID)
                what.append("reminders")
            }
            if let text = request.dependsOn {
                what.append(try depend(&meeting, on: text, request.status, view, desk))
            }
            try edit(sides: request, &meeting, &outcome, &what, view, desk)
            if let text = request.rounds { try edit(cadence: text, request, &meeting, &outcome, &what, view, desk) }
            guard !what.isEmpty || request.rounds != nil else {
                throw ScheduleError.notUnderstood(
                    field: "edit", text: "", position: 0, length: 0, reason: "nothing to change was given",
                    suggestions: ["--summary", "--place", "--note", "--for", "--repeat"])
            }
            outcome.what = what.joined(separator: ", ")
            return outcome
        }
    }

    /// Who takes turns, and who meets.
    private func edit(
        sides request: Edit.Parameters, _ meeting: inout CoreMeeting, _ outcome: inout Outcome, _ what: inout [String],
        _ view: ScheduleView, _ desk: Desk
    ) throws {
        var typed = NewMeeting(summary: meeting.summary)
        typed.between = request.between
        typed.hosts = request.hosts
        let draft = MeetingDraft(typed: typed, desk: desk, newID: newID)
        if let between = request.between {
            let sides = between.isEmpty ? [] : try draft.sides(view)
            meeting.sides = sides.map(\.side)
            outcome.sides = sides
            if meeting.rounds != nil { outcome.nextRounds = 3 }
            what.append(between.isEmpty ? "meets nobody named" : "between \(between)")
        }
        if request.hosts != nil {
            guard meeting.rounds != nil else { throw MeetingProblem.noRounds }
            let (hosts, remarks) = try draft.hosts(meeting.sides.compactMap(\.party))
            meeting.rounds?.hosts = hosts
            outcome.remarks += remarks
            outcome.nextRounds = 3
            what.append("hosts \(hosts.map(\.name).joined(separator: ", "))")
        }
    }

    private func describe(
        _ request: Edit.Parameters, _ target: Target, _ meeting: inout CoreMeeting, _ what: inout [String]
    ) throws {
        guard request.summary != nil || request.place != nil || request.note != nil else { return }
        try meeting.describe(
            target.recurrenceID, summary: request.summary, place: request.place, note: request.note)
        if let summary = request.summary { what.append("\(target.meeting.summary) → \(summary)") }
        if request.place != nil { what.append("place") }
        if request.note != nil { what.append("note") }
    }

    private func edit(
        timing request: Edit.Parameters, _ target: Target, _ meeting: inout CoreMeeting, _ outcome: inout Outcome,
        _ what: inout [String], _ desk: Desk
    ) throws {
        let length = try request.duration.map { text in try reading("duration") { try DurationPhrase.parse(text) } }
        let place = try request.zone.map { try desk.place($0, field: "zone") }
        let rule = request.repeat.flatMap { ["never", "none"].contains(Folding.fold($0)) ? nil : $0 }
        // With another rule they hold from where that does.
        if length != nil || place != nil, rule == nil {
            let change = { (timing: Timing) throws(MeetingProblem) in try timing.changed(length: length, place: place) }
            if meeting.isSeries, target.recurrenceID == nil {
                let from = try boundary(request.from, of: meeting, desk)
                let begun = try meeting.beginSegment(at: from, in: zones) { segment throws(MeetingProblem) in
                    segment.timing = try change(segment.timing)
                }
                outcome.remarks += strayRemarks(begun.strays)
            } else if let before = try meeting.occurrence(of: target.recurrenceID, in: zones) {
                try meeting.move(target.recurrenceID, to: try change(before.timing), in: zones)
                outcome.before = before
            }
        }
        if length != nil { what.append("length") }
        if let place { what.append("zone \(place.identifier)") }
        if request.repeat != nil, let date = target.recurrenceID { throw MeetingProblem.ruleOfDate(date) }
        if let rule {
            try edit(rule: rule, request, length, place, target, &meeting, &outcome, &what, desk)
        } else if request.repeat != nil, meeting.isSeries {
            let boundary = try boundary(request.from, of: meeting, desk)
            let (strays, move) = try meeting.endRule(at: boundary, in: zones)
            outcome.remarks += strayRemarks(strays)
            outcome.seriesMove = move
            what.append("does not repeat any more")
        }
    }

    /// Gives another rule from the next occurrence on, or from a day that was said.
    private func edit(
        rule text: String, _ request: Edit.Parameters, _ length: CalendarDuration?, _ place: NamedZone?,
        _ target: Target, _ meeting: inout CoreMeeting, _ outcome: inout Outcome, _ what: inout [String], _ desk: Desk
    ) throws {
        guard meeting.timing.form != .window else { throw MeetingProblem.windowRecurs }
        let context = desk.context(in: try zones.zone(named: place?.identifier ?? meeting.timing.zone))
        // So many times, or weeks, are counted from the first date that the rule gives, and what is left out is one of its dates.
        let phrase = { (day: CivilDate) in
            try reading("repeat") { try RecurrencePhrase.parse(text, in: context, from: day) }
        }
        let said = try phrase(try firstDate(of: meeting, from: boundary(request.from, of: meeting, desk)))
        try check(said, against: request, place)
        let change = RuleChange(length: length, place: said.place ?? place)
        let zone = try zones.zone(named: change.place?.identifier ?? meeting.timing.zone)
        let from = try request.from.map { try day($0, in: zone, desk) } ?? said.from
        let earliest = from.map { max(zone.firstInstant(of: $0), desk.now) }
        let series: RecurrencePhrase
        if meeting.isSeries {
            let boundary = earliest ?? desk.now
            // What was planned for later goes with the rule that it changed.
            let original = meeting
            try meeting.joinSegments(from: boundary, in: zones)
            series = try phrase(try firstDate(of: meeting, from: boundary))
            let begun = try meeting.beginSegment(at: boundary, in: zones, insteadOf: original) {
                segment throws(MeetingProblem) in
                try segment.recur(as: series, change, from: earliest, in: zones)
            }
            outcome.remarks += strayRemarks(begun.strays)
            outcome.seriesMove = begun.move
            // It may be left out, or not be the first.
            if let move = begun.move, try meeting.occurrence(of: move.present, in: zones) != nil,
                meeting.segments[meeting.segments.count - 1].timing.start == move.present
            {
                outcome.before = try target.meeting.occurrence(of: move.former, in: zones)
                outcome.recurrenceID = move.present
            }
        } else {
            series = try phrase(meeting.timing.start.date)
            let own = try target.meeting.occurrence(of: nil, in: zones)
            try meeting.segments[0].recur(as: series, change, from: earliest, in: zones)
            if let own, own.endsAt <= desk.now || own.status == .held {
                guard meeting.timing == own.timing else { throw MeetingProblem.isOver }
                if own.status == .held { meeting.keepFirstHeld() }
            }
            let move = try SeriesMove(of: target.meeting, becoming: meeting, in: zones)
            outcome.seriesMove = move
            meeting.carrySnoozes(after: move)
            // The page shows what becomes of the date that it had.
            let present = try meeting.occurrence(of: move?.present, in: zones)
            if present?.timing != own?.timing { (outcome.before, outcome.recurrenceID) = (own, move?.present) }
        }
        let segment = meeting.segments[meeting.segments.count - 1]
        if let remark = segment.shortMonths(acceptedBy: series) { outcome.remarks.append(remark) }
        what.append("repeats \(segment.sentence ?? series.rule.text)")
    }

    /// The day of the next date that a meeting has, from which the dates of another rule count.
    private func firstDate(of meeting: CoreMeeting, from boundary: Instant) throws -> CivilDate {
        guard meeting.isSeries else { return meeting.timing.start.date }
        var joined = meeting
        try joined.joinSegments(from: boundary, in: zones)
        guard let next = try joined.nextOriginalStart(from: boundary, in: zones) else {
            throw MeetingProblem.seriesIsOver
        }
        return next.date
    }

    /// What is said in a rule cannot be said otherwise beside it.
    private func check(_ said: RecurrencePhrase, against request: Edit.Parameters, _ place: NamedZone?) throws {
        func refuse(_ field: String, _ text: String, _ reason: String) -> ScheduleError {
            .notUnderstood(
                field: field, text: text, reason: reason,
                suggestions: [])
        }
        if let from = request.from, said.from != nil {
            throw refuse("from", from, "the rule already says from when it holds")
        }
        if let duration = request.duration, said.until != nil {
            throw refuse("duration", duration, "the rule already says until when each lasts")
        }
        if let zone = request.zone, let named = said.place, named.identifier != place?.identifier {
            throw refuse("zone", zone, "the rule was said in \(named.label); only one of the two can be meant")
        }
    }
}

/// What is changed together with a rule.
private struct RuleChange {
    var length: CalendarDuration?
    var place: NamedZone?
}

extension Segment {
    /// Takes another rule, and with it the hour, the end and the place that were said in it, or beside it.
    ///
    /// It begins with the date that the segment has, unless the rule names another.
    ///
    /// - Parameter earliest: where it was said from when it holds: no date of it is before.
    fileprivate mutating func recur(
        as series: RecurrencePhrase, _ change: RuleChange, from earliest: Instant?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        if let time = series.time {
            timing = Timing(
                start: CivilDateTime(timing.start.date, time),
                duration: timing.isTimed ? timing.duration : MeetingDraft.usualLength, zone: timing.zone,
                city: timing.city)
        } else if series.isAllDay {
            let day = timing.start.date
            let last = timing.isTimed ? day : timing.lastDay
            timing =
                Timing(.wholeDays, first: day, last: last, zone: timing.zone, city: timing.city) ?? timing
        }
        timing = try timing.changed(length: series.length ?? change.length, place: change.place)
        let zone = try zones.zone(named: timing.zone)
        (rule, dates, exclusions) = (series.rule, [], [])
        if series.from != nil { timing = timing.starting(at: CivilDateTime(series.firstDate, timing.start.time)) }
        let starts = recurrenceSet(in: zone)
        var fitting = starts.givesStart ? timing.start : starts.next(after: timing.start)
        if let earliest, let first = fitting {
            let reading = zone.reading(at: earliest)
            fitting = starts.next(
                onOrAfter: max(first, timing.isTimed ? reading : CivilDateTime(reading.date, .midnight)))
        }
        guard let fitting else { throw .neverOccurs }
        timing = timing.starting(at: fitting)
        try recur(as: series, in: zone)
    }
}

extension Timing {
    /// The same start on the wall clock, with another length or in another zone.
    func changed(length: CalendarDuration?, place: NamedZone?) throws(MeetingProblem) -> Timing {
        let zone = place?.identifier ?? zone
        let city = place?.label ?? city
        guard !isTimed else { return Timing(start: start, duration: length ?? duration, zone: zone, city: city) }
        let days = length.map { $0.seconds == 0 ? $0.days : 0 } ?? duration.days
        guard days >= 1, let last = start.date.advanced(byDays: days - 1),
            let timing = Timing(
                days > 1 && form == .hourOpen ? .wholeDays : form, first: start.date, last: last, zone: zone, city: city
            )
        else { throw .endBeforeStart }
        return timing
    }
}
