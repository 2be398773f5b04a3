import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

// What is decided for the schedule as a whole.
extension MeetingBook {
    func settings(_ desk: Desk) async throws -> GetSettings.Reply {
        try await store.read { view in GetSettings.Reply(settings: wire(try view.settings(), desk)) }
    }

    /// Changes what is given, each with a record of its own.
    func changeSettings(_ request: ChangeSettings.Parameters, _ desk: Desk) async throws -> ChangeSettings.Reply {
        try await write(desk) { transaction in
            let old = try transaction.schedule.settings()
            if request.alarms != nil || request.dayAlarms != nil {
                try setAlarms(request, old.alarms ?? .initial, transaction, desk)
            }
            if let text = request.digest { try setDigest(text, transaction, desk) }
            if let text = request.changePause { try setPause(text, transaction) }
            if let text = request.night { try setNight(text, transaction) }
            return ChangeSettings.Reply(settings: wire(try transaction.schedule.settings(), desk))
        }
    }

    private func setAlarms(
        _ request: ChangeSettings.Parameters, _ old: StandardAlarms, _ transaction: ScheduleTransaction, _ desk: Desk
    ) throws {
        if request.alarms.map(isStandard) ?? true, request.dayAlarms.map(isStandard) ?? true,
            request.alarms != nil
        {
            try transaction.set(
                .alarms, nil, title: "Reminders of new meetings", .init(verb: "remind", what: "as at first"))
            return
        }
        let timed = try request.alarms.map { try standardAlarms($0, field: "alarms", desk) } ?? old.timed
        let days = try request.dayAlarms.map { try standardAlarms($0, field: "dayAlarms", desk) } ?? old.days
        let alarms = StandardAlarms(alarms: timed, days: days)
        let what = "\(MeetingBook.words(timed)); of whole days: \(MeetingBook.words(days))"
        try transaction.set(
            .alarms, alarms.text, title: "Reminders of new meetings", .init(verb: "remind", what: what))
    }

    private func isStandard(_ typed: [String]) -> Bool { typed.map { Folding.fold($0) } == ["standard"] }

    private static func words(_ alarms: [ConveneCore.Alarm]) -> String {
        alarms.isEmpty ? "none" : alarms.map(\.words).joined(separator: " · ")
    }

    /// Alarms that count from any meeting, so none at a fixed time.
    private func standardAlarms(_ typed: [String], field: String, _ desk: Desk) throws -> [ConveneCore.Alarm] {
        if isStandard(typed) { return field == "alarms" ? StandardAlarms.initial.timed : StandardAlarms.initial.days }
        if typed.map({ Folding.fold($0) }) == ["none"] { return [] }
        guard typed.count <= Alarms.limit else {
            throw ScheduleError.tooMuch(what: "reminders of a meeting", limit: Alarms.limit)
        }
        var alarms: [ConveneCore.Alarm] = []
        for text in typed {
            let wish = try reading(field) { try AlarmPhrase.wish(text, in: desk.context()) }
            guard let wish, !wish.trigger.isFixed else {
                throw ScheduleError.notUnderstood(
                    field: field, text: text,
                    reason: wish == nil
                        ? "'none' goes with no other reminder" : "what holds for every meeting has no fixed time",
                    suggestions: ["15m", "1d"])
            }
            let alarm = ConveneCore.Alarm(standard: wish.trigger, whenLate: wish.whenLate ?? .keep)
            if !alarms.contains(where: { $0.trigger == alarm.trigger }) { alarms.append(alarm) }
        }
        return alarms
    }

    private func setDigest(_ text: String, _ transaction: ScheduleTransaction, _ desk: Desk) throws {
        let digest = try reading("digest") { try DigestPhrase.parse(text, in: desk.context(), newID: newID) }
        // Said again, it stays the same one.
        let old = try transaction.schedule.settings().digest
        if let digest, let old, digest.words == old.words { return }
        try transaction.set(
            .digest, digest?.text, title: "The day's sheet", .init(verb: "remind", what: digest?.words ?? "off"))
    }

    private func setPause(_ text: String, _ transaction: ScheduleTransaction) throws {
        var seconds: Int64 = 0
        if !["0", "0m", "none", "off"].contains(Folding.fold(text)) {
            let length = try reading("changePause") { try DurationPhrase.parse(text) }
            guard length.days == 0, length.seconds <= ScheduleSettings.longestChangePause else {
                throw ScheduleError.notUnderstood(
                    field: "changePause", text: text, reason: "a change waits an hour at most",
                    suggestions: ["2m", "10m"])
            }
            seconds = length.seconds
        }
        let words = seconds == 0 ? "none" : CalendarDuration.seconds(seconds).words
        try transaction.set(
            .changePause, "\(seconds)", title: "The pause before a change is told", .init(verb: "remind", what: words))
    }

    private func setNight(_ text: String, _ transaction: ScheduleTransaction) throws {
        let title = "The night"
        if ["off", "none", "never"].contains(Folding.fold(text)) {
            try transaction.set(.night, "off", title: title, .init(verb: "remind", what: "no warnings"))
            return
        }
        guard let night = Night(typed: text) else {
            throw ScheduleError.notUnderstood(
                field: "night", text: text, reason: "the night goes from one hour to another",
                suggestions: ["22:00-07:00", "off"])
        }
        try transaction.set(.night, night.text, title: title, .init(verb: "remind", what: night.words))
    }

    private func wire(_ settings: ScheduleSettings, _ desk: Desk) -> Settings {
        let alarms = settings.alarms ?? .initial
        let facts = facts(desk)
        let next = settings.digest.flatMap { digest in
            zones.timeZone(digest.zone).flatMap { zone in
                digest.next(dueAfter: desk.now, in: zone).map { zone.instant(of: $0) }
            }
        }
        return Settings(
            alarms: alarms.timed.map(facts.alarm), dayAlarms: alarms.days.map(facts.alarm),
            digest: settings.digest?.words, nextDigestHere: next.map { desk.reader.reading(at: $0).iso8601 },
            changePause: CalendarDuration.seconds(settings.changePause).iso8601, night: settings.night?.words)
    }
}
