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
            if meeting.rounds != nil, target.recurrenceID == nil, isAboutDates { throw MeetingProblem.isRounds }
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
        let change: (Timing) throws -> Timing = { try $0.changed(length: length, place: place) }
        if length != nil || place != nil {
            if meeting.isSeries, target.recurrenceID == nil {
                let from = try boundary(request.from, of: meeting, desk)
                let strays = try meeting.beginSegment(at: from, in: zones) { segment throws(MeetingProblem) in
                    do { segment.timing = try change(segment.timing) } catch { throw MeetingProblem.endBeforeStart }
                }
                outcome.remarks += strayRemarks(strays)
            } else if let before = try meeting.occurrence(of: target.recurrenceID, in: zones) {
                try meeting.move(target.recurrenceID, to: try change(before.timing), in: zones)
                outcome.before = before
            }
            if length != nil { what.append("length") }
            if let place { what.append("zone \(place.identifier)") }
        }
        if let text = request.repeat { try edit(rule: text, request.from, target, &meeting, &outcome, &what, desk) }
    }

    /// Gives another rule from the next occurrence on, or none any more.
    private func edit(
        rule text: String, _ from: String?, _ target: Target, _ meeting: inout CoreMeeting, _ outcome: inout Outcome,
        _ what: inout [String], _ desk: Desk
    ) throws {
        guard target.recurrenceID == nil else { throw MeetingProblem.dayIsInRule }
        let zone = try zones.zone(named: meeting.timing.zone)
        if ["never", "none"].contains(Folding.fold(text)) {
            guard meeting.isSeries else { return }
            let (strays, move) = try meeting.endRule(at: try boundary(from, of: meeting, desk), in: zones)
            outcome.remarks += strayRemarks(strays)
            outcome.seriesMove = move
            what.append("does not repeat any more")
            return
        }
        let series = try reading("repeat") { try RecurrencePhrase.parse(text, in: desk.context(in: zone)) }
        let start = meeting.timing.start
        let boundary = try boundary(from, of: meeting, desk)
        let set: (Segment) throws(MeetingProblem) -> Segment = { segment throws(MeetingProblem) in
            var segment = segment
            segment.rule = series.rule
            segment.dates = []
            segment.exclusions = []
            let time = series.time ?? start.time
            let first = CivilDateTime(segment.timing.start.date, time)
            segment.timing = segment.timing.starting(at: first)
            let starts = segment.recurrenceSet(in: zone)
            if !starts.givesStart, let fitting = starts.next(after: first) {
                segment.timing = segment.timing.starting(at: fitting)
            }
            try segment.recur(as: series, in: zone)
            return segment
        }
        guard meeting.timing.form != .window else { throw MeetingProblem.windowRecurs }
        if meeting.isSeries {
            // What was planned for later goes with the rule that it changed.
            try meeting.joinSegments(from: boundary, in: zones)
            let former = meeting.segments[meeting.segments.count - 1]
            let strays = try meeting.beginSegment(at: boundary, in: zones) { segment throws(MeetingProblem) in
                segment = try set(segment)
            }
            outcome.remarks += strayRemarks(strays)
            if let move = former.changeOfHour(to: meeting.segments[meeting.segments.count - 1], in: zone) {
                outcome.seriesMove = move
                outcome.before = try target.meeting.occurrence(of: move.former, in: zones)
                outcome.recurrenceID = move.present
            }
        } else {
            meeting.segments[0] = try set(meeting.segments[0])
            meeting.carrySnoozes()
        }
        let segment = meeting.segments[meeting.segments.count - 1]
        if let remark = segment.shortMonths(acceptedBy: series) { outcome.remarks.append(remark) }
        what.append("repeats \(segment.sentence ?? series.rule.text)")
    }
}

extension Timing {
    /// The same start on the wall clock, with another length or in another zone.
    func changed(length: CalendarDuration?, place: NamedZone?) throws -> Timing {
        let zone = place?.identifier ?? zone
        let city = place?.label ?? city
        guard !isTimed else { return Timing(start: start, duration: length ?? duration, zone: zone, city: city) }
        let days = length.map { $0.seconds == 0 ? $0.days : 0 } ?? duration.days
        guard days >= 1, let last = start.date.advanced(byDays: days - 1),
            let timing = Timing(
                days > 1 && form == .hourOpen ? .wholeDays : form, first: start.date, last: last, zone: zone, city: city
            )
        else { throw MeetingProblem.endBeforeStart }
        return timing
    }
}
