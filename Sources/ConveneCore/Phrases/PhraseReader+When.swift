import ZonedTime

// The whole: days, times, patterns and places, in whatever order they were typed.
extension PhraseReader {
    /// Reads everything to the end.
    mutating func takeWhen(cities: Cities) throws(PhraseError) -> TypedWhen {
        var when = TypedWhen()
        guard !isAtEnd else {
            throw error(0..<0, "nothing was said", ["fri 14:00", "24–30 sep", "every friday 10:00"])
        }
        while !isAtEnd {
            if try takeMoment(&when) { continue }
            if try takePattern(&when) { continue }
            if try takeDay(&when) { continue }
            if try takeHours(&when) { continue }
            if try takePlace(&when, cities) { continue }
            if skipConnective(when) { continue }
            throw notUnderstood(when, cities)
        }
        if when.isEmpty { throw error(0..<tokens[tokens.count - 1].range.upperBound, "it names no day and no hour") }
        return when
    }

    /// `now`, `in 20 minutes`, `2 hours ago`.
    private mutating func takeMoment(_ when: inout TypedWhen) throws(PhraseError) -> Bool {
        guard when.isEmpty else { return false }
        let first = position
        if take("now") {
            when.fromNow = .zero
            return true
        }
        if take("in"), let length = try takeDuration(), length.seconds > 0 {
            when.fromNow = length
            return true
        }
        position = first
        if let length = try takeDuration(), length.seconds > 0 {
            let isPast = take("ago")
            if isPast || take(all: "from", "now") {
                when.fromNow = isPast ? -length : length
                return true
            }
        }
        position = first
        return false
    }

    /// A recurrence, and what bounds it.
    private mutating func takePattern(_ when: inout TypedWhen) throws(PhraseError) -> Bool {
        if when.recurrence != nil { return try takeSeriesPart(&when) }
        guard let recurrence = try takeRecurrence() else { return false }
        when.recurrence = recurrence
        return true
    }

    private mutating func takeDay(_ when: inout TypedWhen) throws(PhraseError) -> Bool {
        let first = position
        if when.days == nil, takeSomeDay() {
            guard let days = try takeDays() else {
                throw error(range(from: first), "it does not say between which days", ["some day next week"])
            }
            when.days = days
            when.isSomeDay = true
            return true
        }
        if takeAllDay() {
            when.isAllDay = true
            return true
        }
        // As it is printed: 'Fri 20 Sep 2019, hour open'.
        if take(all: "hour", "open") { return true }
        guard let days = try takeDays() else { return false }
        guard when.days == nil, when.fromNow == nil else {
            throw error(range(from: first), "there is a day before it already")
        }
        when.days = days
        return true
    }

    /// `all day`, `all-day`.
    private mutating func takeAllDay() -> Bool {
        if take(all: "all", "day") || take(all: "whole", "day") { return true }
        guard isWord(["all"]), isMark("-", 1), isWord(["day"], 2) else { return false }
        position += 3
        return true
    }

    private mutating func takeHours(_ when: inout TypedWhen) throws(PhraseError) -> Bool {
        let first = position
        // '2019-09-20T11:00': what follows is RFC 3339, where a minus belongs to the offset.
        let isRFC3339 = isWord(["t"]) && isAdjacent() && isAdjacent(1)
        if isRFC3339 { position += 1 }
        let beforeTimes = position
        // 'weekdays at 9': behind 'at' a number alone is an hour.
        if when.start == nil, when.fromNow == nil, take("at") || take(mark: "@") {
            if let hour = takeHourAlone() {
                when.start = hour
                return true
            }
            position = first
        }
        guard var times = try takeTimes() else {
            position = first
            return false
        }
        if isRFC3339, times.end != nil {
            position = beforeTimes
            guard let start = try takeTime() else { return false }
            times = (start, nil)
        }
        guard when.start == nil, when.fromNow == nil else {
            throw error(range(from: first), "there is an hour before it already")
        }
        when.start = times.start
        when.end = times.end
        let beforeOffset = position
        if let offset = try takeOffset(allowingMinus: isRFC3339) {
            when.offset = offset
            when.offsetRange = range(from: beforeOffset)
        } else if times.end == nil, when.recurrence == nil {
            try takeLaterEnd(&when)
        }
        return true
    }

    /// `fri 22:00 – sat 02:00`: the end has a day of its own.
    private mutating func takeLaterEnd(_ when: inout TypedWhen) throws(PhraseError) {
        let first = position
        if takeDash() || take(mark: "/"), let date = try takeDate() {
            _ = take(mark: ",")
            _ = take("at", "t")
            if let time = try takeTime() {
                when.endDate = date
                when.end = time
                return
            }
        }
        position = first
    }

    /// Takes the longest run of tokens that is a city or zone.
    private mutating func takePlace(_ when: inout TypedWhen, _ cities: Cities) throws(PhraseError) -> Bool {
        guard peek()?.kind == .word else { return false }
        let first = position
        if !when.hasPlace, take("here") {
            when.hasPlace = true
            return true
        }
        // 'Kingstown, Saint Vincent and the Grenadines' is the longest there is.
        for count in stride(from: min(9, tokens.count - first), through: 1, by: -1) {
            position = first + count
            let zones = cities.zones(named: typed(range(from: first)))
            if zones.isEmpty { continue }
            if zones.count > 1 {
                let identifiers = zones.map(\.identifier)
                throw error(
                    range(from: first), "there is more than one \(zones[0].label)", identifiers,
                    subject: .ambiguousPlace)
            }
            guard !when.hasPlace else { throw error(range(from: first), "there is a place before it already") }
            when.place = zones[0]
            when.hasPlace = true
            _ = take("time")
            return true
        }
        position = first
        return false
    }

    /// Words that only join the parts.
    static let connectives: Set<String> = ["at", "on", "in", "from", "the", "and", "starting", "beginning"]

    /// Takes what joins the parts. At the end of the phrase a word of that kind is left: something is missing there.
    private mutating func skipConnective(_ when: TypedWhen) -> Bool {
        let isLast = position + 1 >= tokens.count
        let isComma = isMark(",") && !(isLast && when.isEmpty)
        let isWord = !isLast && (isWord(PhraseReader.connectives) || isMark("@"))
        if isComma || isWord { position += 1 }
        return isComma || isWord
    }
}
