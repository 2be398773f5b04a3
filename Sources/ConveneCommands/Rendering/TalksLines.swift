import ConveneAPI
import ZonedTime

/// How a meeting or one of its rounds is called on a page.
enum MeetingName {
    /// `1`, `1#sep`.
    static func number(_ number: Int, _ round: Round?) -> String { MeetingName.number(number, tag: round?.tag) }

    static func number(_ number: Int, tag: String?) -> String { tag.map { "\(number)#\($0)" } ?? "\(number)" }

    /// `1`, `1#sep`, `1@2019-09-20`.
    static func number(_ link: Link) -> String {
        guard link.tag == nil, let date = link.recurrenceId?.prefix(10) else {
            return number(link.number, tag: link.tag)
        }
        return "\(link.number)@\(date)"
    }

    /// `4 `; nothing for what is no meeting: an office, a party.
    static func prefix(_ number: Int) -> String { number == 0 ? "" : "\(number) " }

    /// `ROK–Japan DG talks, September`.
    static func summary(_ summary: String, _ round: Round?) -> String {
        round.map { "\(summary), \($0.name)" } ?? summary
    }

    /// The status; of a round what only a round can be.
    static func standing(_ status: Status, _ round: Round?) -> String {
        round.map { standing($0.standing) } ?? status.rawValue
    }

    static func standing(_ standing: Standing) -> String { standing == .open ? "no date yet" : standing.rawValue }

    /// `monthly rounds`.
    static func cadence(_ meeting: Meeting) -> String { meeting.rounds.map { "\($0.cadence) rounds" } ?? "" }
}

extension Link {
    /// The series has that date no more.
    var isGone: Bool { recurrenceId != nil && occurrence == nil }

    /// How it stands, as people read it.
    var state: String { standing?.rawValue ?? status.rawValue }
}

/// What the pages of talks have beyond those of other meetings.
extension Sheet {
    /// A round whose date is off or was never there.
    mutating func add(withoutDate round: Round) {
        let name = round.host.map { host in
            round.standing == .postponed ? "\(host) still hosts" : "\(host) hosts"
        }
        switch round.standing {
        case .postponed:
            add(
                ["Into \(round.into ?? "another period")", name, "no date yet"].compactMap { $0 }.joined(
                    separator: ", "))
        case .skipped: add("Skipped" + (round.reason.map { ": \($0)" } ?? ""))
        case .merged: add("Held with \(round.into ?? "another round")" + (round.reason.map { ": \($0)" } ?? ""))
        default: break
        }
    }

    /// Who leads the sides: with what is known of them a line each, else in one.
    mutating func add(headsOf ties: Ties?, since: Bool) {
        guard let ties, !ties.heads.isEmpty else { return }
        let names = ties.heads.map { head in
            let person = head.person ?? [head.party, head.office].compactMap { $0 }.joined(separator: " ")
            let party = head.person != nil && head.party != nil ? " (\(head.party ?? ""))" : ""
            return person + party + (since ? head.since.map { ", since \($0)" } ?? "" : "")
        }
        if since {
            add(label: "Heads", rows: names)
        } else {
            let first = ties.first.map { $0 == .first ? ": first meeting" : ": would be first" } ?? ""
            add(label: "Heads", names.joined(separator: ", ") + first)
        }
    }

    /// `September   Tokyo hosts   no date yet`.
    mutating func add(rounds: [Occurrence]) {
        let hosts = rounds.compactMap { $0.round?.host.map { "\($0) hosts" } }
        let width = hosts.map(\.columns).max() ?? 0
        let names = rounds.compactMap { $0.round?.name.capitalizedFirst }
        let label = max(Sheet.labelColumns, (names.map(\.columns).max() ?? 0) + 2)
        for occurrence in rounds {
            guard let round = occurrence.round else { continue }
            let host = (round.host.map { "\($0) hosts" } ?? "").padded(to: width)
            let when =
                round.standing == .open ? "no date yet" : ClockSpan(occurrence.there)?.phrase(occurrence.form) ?? ""
            add(Line(round.name.capitalizedFirst.padded(to: label) + (width > 0 ? host + "   " : "") + when))
        }
    }

    /// Dates that were declined, the last of them.
    mutating func add(declined ties: Ties?) {
        let rows = (ties?.declined ?? []).suffix(3).map { declined -> String in
            let span = ClockSpan(declined.there)
            let hour = declined.form == .timed ? span?.start.time.map { " " + $0.text } ?? "" : ""
            let reason = declined.reason.map { ": \($0)" } ?? ""
            return "\(span?.days.short ?? declined.there.start)\(hour), by \(declined.party)\(reason)"
        }
        add(label: "Declined", rows: Array(rows))
    }

    /// `ROK yes · Japan not yet`.
    mutating func add(answersOf ties: Ties?) {
        add(label: "Answers", items: (ties?.answers ?? []).map { "\($0.party) \($0.yes ? "yes" : "not yet")" })
    }

    /// What follows when a round was held.
    mutating func add(nextRound ties: Ties?) {
        guard let occurrence = ties?.rounds.first, let round = occurrence.round else { return }
        let when = round.standing == .open ? "no date yet" : ClockSpan(occurrence.there)?.phrase(occurrence.form)
        add(
            label: "Next round",
            [round.name.capitalizedFirst, round.host.map { "\($0) hosts" }, when].compactMap { $0 }.joined(
                separator: ", "))
    }

    /// Other meetings that hang together with it.
    ///
    /// - Parameter status: of this meeting; once it is decided, what it depended on is no news.
    mutating func add(linksOf ties: Ties?, _ status: Status) {
        for link in ties?.links ?? [] {
            let name = "\(MeetingName.number(link)) \(link.summary)"
            switch link.kind {
            case .after: add(label: "Moves with", name + (link.isGone ? ", which is gone" : ""))
            case .partOf: add(label: "Part of", name)
            // Said behind the time already.
            case .sidelines: continue
            case .dependsOn where status != .possible: continue
            case .dependsOn where link.settled:
                add(label: "To decide", "now: \(name) \(link.isGone ? "is gone" : link.state)")
            case .dependsOn: add(label: "To decide", "once \(name) is held")
            case .follower: add(label: "With it", name)
            case .part: add(label: "Part", name)
            case .sideline: add(label: "Sidelines", name)
            case .decides where link.settled: continue
            case .decides: add(label: "To decide", name + Sheet.where(link.occurrence))
            }
        }
    }

    /// `, 24–30 Sep, New York`.
    private static func `where`(_ occurrence: Occurrence?) -> String {
        guard let occurrence, let span = ClockSpan(occurrence.there) else { return "" }
        return ", \(span.days.compact), \(span.place)"
    }

    mutating func add(notesOf ties: Ties?) {
        let rows = (ties?.notes ?? []).map { note in
            "\(Reading(note.date)?.date.long ?? note.date): \(note.text)"
        }
        for row in rows { add(label: "Note", row) }
    }
}

extension String {
    /// With a capital letter at its beginning.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
