import ZonedTime

/// When somebody wants to be reminded, as agreed.
struct AgreedAlarm: Hashable {
    enum Wish: Hashable {
        case secondsBefore(Int64)
        case daysBefore(Int64)
        case secondsAfterEnd(Int64)
        /// An instant, whatever the meeting does.
        case at(Int64)
    }

    let id: String
    let wish: Wish

    var countsFromEnd: Bool { if case .secondsAfterEnd = wish { true } else { false } }
}

/// A reminder of one happening that somebody put off.
struct AgreedSnooze: Hashable {
    let id: String
    let original: Int64?
    let wish: AgreedAlarm.Wish

    static let prefix = "snooze:"

    var alarm: AgreedAlarm { AgreedAlarm(id: AgreedSnooze.prefix + id, wish: wish) }
}

/// A meeting as people agreed on it: plain numbers, and nothing of how the program keeps them.
///
/// Wall-clock times are seconds since 1970-01-01T00:00 on that clock.
struct AgreedMeeting: Hashable {
    let uid: String
    /// Of the day from which its days are counted.
    var start: Int64
    /// Of a meeting of its own, which day it is: not the first where it is what was left of a series.
    var ownDay: Int64 = 0
    var length: Int64
    var zone: String
    /// Of a series: which days it takes place on; each of these ends where the next begins.
    var stretches: [AgreedStretch] = []
    /// Dates that are left out, by their original start.
    var leftOut: Set<Int64> = []
    /// Dates that another rule did not give, and that stayed because they were moved.
    var beside: Set<Int64> = []
    /// Occurrences that were moved, by their original start.
    var moved: [Int64: Int64] = [:]
    /// Occurrences that were cancelled, by their original start.
    var cancelled: Set<Int64> = []
    var isCancelled = false
    var alarms: [AgreedAlarm]
    /// Those of the alarms, by their ids, that are not said when they are late.
    var dropping: Set<String> = []
    var snoozes: [AgreedSnooze] = []
    /// The one without which it does not take place: until then it is possible only.
    var waitsFor: String?
    /// That one is called off.
    var question: AgreedQuestion?

    var isSeries: Bool { !stretches.isEmpty }

    var ownStart: Int64 { start + ownDay * 86_400 }

    struct Happening: Hashable {
        /// The original start; `nil` of a single meeting.
        let original: Int64?
        let start: Int64
    }

    /// What takes place.
    var happenings: [Happening] {
        guard !isCancelled else { return [] }
        guard isSeries else { return [Happening(original: nil, start: ownStart)] }
        return dates.filter { !cancelled.contains($0) }
            .map { Happening(original: $0, start: moved[$0] ?? $0) }
    }

    /// The original starts that its rule gives.
    var originals: [Int64] { AgreedStretch.days(of: stretches).map { start + $0 * 86_400 } }

    /// The original starts of those that it has, also of what is called off.
    var dates: [Int64] { Set(originals).subtracting(leftOut).union(beside).sorted() }

    func happening(_ original: Int64?) -> Happening? { happenings.first { $0.original == original } }

    /// The series at another hour from its beginning on: each date is the same one, under another name.
    func shifted(by seconds: Int64) -> AgreedMeeting {
        var shifted = self
        shifted.start += seconds
        shifted.moved = Dictionary(uniqueKeysWithValues: moved.map { ($0 + seconds, $1) })
        shifted.cancelled = Set(cancelled.map { $0 + seconds })
        shifted.leftOut = Set(leftOut.map { $0 + seconds })
        shifted.beside = Set(beside.map { $0 + seconds })
        shifted.snoozes = snoozes.map {
            AgreedSnooze(id: $0.id, original: $0.original.map { $0 + seconds }, wish: $0.wish)
        }
        return shifted
    }
}

/// One reminder as agreed: that alarm, of that happening, at that start.
struct AgreedReminder: Hashable {
    let uid: String
    /// `nil` where it is the start: so it is the same as of a meeting of its own.
    let original: Int64?
    let start: Int64
    let zone: String
    let alarm: AgreedAlarm
    /// How long the meeting was to last, where that makes it another reminder.
    let length: Int64?

    init(uid: String, original: Int64?, start: Int64, zone: String, alarm: AgreedAlarm, length: Int64? = nil) {
        self.uid = uid
        self.original = original == start ? nil : original
        self.start = start
        self.zone = zone
        self.alarm = alarm
        self.length = length
    }

    var name: String { AgreedReminder.name(uid, alarm.id, original, start, zone, length) }

    static func name(
        _ uid: String, _ alarm: String, _ original: Int64?, _ start: Int64, _ zone: String, _ length: Int64?
    ) -> String {
        "\(uid)/\(alarm)/\(original == start ? -1 : original ?? -1)/\(start)/\(zone)/\(length ?? -1)"
    }
}

extension AgreedMeeting {
    var reminders: [AgreedReminder] {
        (question?.reminders(about: uid) ?? [])
            + happenings.flatMap { happening in
                (alarms + snoozes.filter { $0.original == happening.original }.map(\.alarm)).map {
                    AgreedReminder(
                        uid: uid, original: happening.original, start: happening.start, zone: zone, alarm: $0,
                        length: $0.countsFromEnd ? length : nil)
                }
            }
    }
}

/// Arithmetic on tables of zones, written down from RFC 5545 §3.3.5 and §3.3.6.
struct AgreedTime {
    let zones: SimulatedZones

    /// The instant of a wall clock's time: the first of two in a repeated hour, as much later in a skipped one.
    func instant(_ local: Int64, _ zone: String) -> Int64 {
        let table = zones.table(zone)
        var skipped: Int64?
        for (index, stretch) in table.enumerated() {
            let instant = local - stretch.offset
            let end = index + 1 < table.count ? table[index + 1].from : .max
            if instant >= stretch.from, instant < end { return instant }
            // Past the end of this stretch, but before the beginning of the next by its clock: skipped.
            if instant >= end, local - table[index + 1].offset < end { skipped = skipped ?? instant }
        }
        return skipped ?? local
    }

    /// What the wall clock shows.
    func reading(_ instant: Int64, _ zone: String) -> Int64 {
        instant + (zones.table(zone).last { $0.from <= instant }?.offset ?? 0)
    }

    func due(_ reminder: AgreedReminder, length: Int64) -> Int64 {
        switch reminder.alarm.wish {
        case .secondsBefore(let seconds): instant(reminder.start, reminder.zone) - seconds
        case .daysBefore(let days): instant(reminder.start - days * 86_400, reminder.zone)
        case .secondsAfterEnd(let seconds):
            instant(reminder.start, reminder.zone) + (reminder.length ?? length) + seconds
        case .at(let instant): instant
        }
    }

    /// Until when it is worth saying.
    func usefulUntil(_ reminder: AgreedReminder, length: Int64) -> Int64 {
        // However late, what is to be decided is.
        guard !reminder.isQuestion else { return .max / 2 }
        let due = due(reminder, length: length)
        let end = instant(reminder.start, reminder.zone) + (reminder.length ?? length)
        return due < end ? end : due + 86_400
    }
}

func civil(_ local: Int64) -> CivilDateTime { CivilDateTime(secondsSinceEpoch: local) ?? .min }
