/// The day's sheet as people agreed on it: from a wall-clock time on, every so many days or on working days.
struct AgreedSheets: Hashable {
    let id: String
    /// Seconds since 1970-01-01T00:00 on that clock, on a working day where only these are meant.
    let start: Int64
    let zone: String
    /// `nil` for Monday to Friday.
    let everyDays: Int64?

    static let prefix = "digest:"

    private static func isWorkingDay(_ local: Int64) -> Bool {
        // 1970-01-01 was a Thursday.
        let day = (local / 86_400 + 3) % 7
        return day < 5
    }

    /// The wall-clock times behind one, up to another.
    func readings(after: Int64?, through last: Int64) -> [Int64] {
        stride(from: start, through: max(last, start), by: Int(86_400 * (everyDays ?? 1)))
            .filter { $0 > after ?? .min && $0 <= last && (everyDays != nil || AgreedSheets.isWorkingDay($0)) }
    }

    /// One sheet: it belongs to no meeting, and is due when the clock shows that.
    func reminder(_ reading: Int64) -> AgreedReminder {
        AgreedReminder(
            uid: "", original: nil, start: reading, zone: zone,
            alarm: AgreedAlarm(id: AgreedSheets.prefix + id, wish: .secondsBefore(0)))
    }
}

extension AgreedReminder {
    var isSheet: Bool { uid.isEmpty }
}
