import ZonedTime

// What a reminder, and what was said of, are known by.
extension Checker {
    /// Which happening: its day. No two beginnings of a series lie whole days apart.
    func key(_ uid: String, _ original: Int64?) -> String {
        guard let original else { return "\(uid)/\(forms[uid]?.ownDay ?? 0)" }
        let start = starts[uid]?.first { (original - $0) % 86_400 == 0 }
        return "\(uid)/\((original - (start ?? 0)) / 86_400)"
    }

    /// Its dates have other names; what was called off before its first has none that it could have by now.
    func seriesMoved(_ old: AgreedMeeting) {
        count(.seriesMoved)
        let first = old.stretches[0].firstDay
        for key in told.keys where key.hasPrefix("\(old.uid)/") {
            if let day = Int64(key.dropFirst(old.uid.count + 1)), day < first { told[key] = nil }
        }
    }

    /// The happening that a key names, where it is one of today's; and whether the program can know what was said of it.
    func happening(_ key: String) -> (AgreedMeeting.Happening?, zone: String, isKnown: Bool) {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        let uid = String(parts[0])
        let meeting = meetings[uid]
        let happening = meeting.flatMap { meeting -> AgreedMeeting.Happening? in
            guard let day = Int64(parts[1]) else { return nil }
            if meeting.isSeries { return meeting.happening(meeting.start + day * 86_400) }
            return day == meeting.ownDay ? meeting.happening(nil) : nil
        }
        return (happening, meeting?.zone ?? "UTC", !renamedSince.contains(uid))
    }

    /// From behind: `…/uid/alarm/occurrence/start[zone]/length/trigger/repeat`, the length where that counts. A zone's
    /// name may hold slashes.
    func reminder(named identity: String) -> (AgreedReminder, original: Int64?)? {
        guard let bracket = identity.firstIndex(of: "["), let end = identity[bracket...].firstIndex(of: "]") else {
            return nil
        }
        let front = identity[..<bracket].split(separator: "/")
        let zone = String(identity[identity.index(after: bracket)..<end])
        let start = front.last.flatMap { CivilDateTime(iso8601: String($0)) }?.secondsSinceEpoch
        if let start, let sheet = sheet(front, start, zone) { return (sheet, nil) }
        guard front.count >= 4 else { return nil }
        let occurrence = front[front.count - 2]
        let original = CivilDateTime(iso8601: String(occurrence))?.secondsSinceEpoch
        let alarm = String(front[front.count - 3])
        let uid = String(front[front.count - 4])
        guard let start else { return nil }
        let rest = identity[end...].dropFirst().split(separator: "/")
        let length = rest.count == 3 ? CalendarDuration(iso8601: String(rest[0]))?.seconds : nil
        return names[AgreedReminder.name(uid, alarm, original, start, zone, length)].map { ($0, original) }
    }

    /// Of which happenings of a meeting something was said; what was said last comes first.
    func saidOf(_ uid: String) -> [AgreedMeeting.Happening] {
        meetings[uid]?.happenings.compactMap { happening in
            told[key(uid, happening.original)]?.last.map { (happening, $0.entry) }
        }.sorted { $0.1 > $1.1 }.map(\.0) ?? []
    }

    func reminder(called name: String) -> AgreedReminder? { names[name] }

    func isTold(_ reminder: AgreedReminder) -> Bool { standings[reminder] == .told }

    func count(_ practice: Practice) { practices[practice, default: 0] += 1 }
}
