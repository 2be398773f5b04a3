/// A time of day on the wall clock, to the second, in no particular time zone.
public struct CivilTime: Hashable, Comparable, Sendable {
    /// 0 to 86,399.
    public let secondOfDay: Int

    /// 00:00:00.
    public static let midnight = CivilTime(unchecked: 0)
    /// 12:00:00.
    public static let noon = CivilTime(unchecked: 43_200)

    package init(unchecked secondOfDay: Int) {
        self.secondOfDay = secondOfDay
    }

    /// Creates a time, or `nil` if it is not between 00:00:00 and 23:59:59.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.init(unchecked: hour * 3_600 + minute * 60 + second)
    }

    /// Creates the time that many seconds after midnight, or `nil` outside 0 to 86,399.
    public init?(secondOfDay: Int) {
        guard (0...86_399).contains(secondOfDay) else { return nil }
        self.init(unchecked: secondOfDay)
    }

    /// 0 to 23.
    public var hour: Int { secondOfDay / 3_600 }
    /// 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }
    /// 0 to 59.
    public var second: Int { secondOfDay % 60 }

    public static func < (lhs: CivilTime, rhs: CivilTime) -> Bool {
        lhs.secondOfDay < rhs.secondOfDay
    }
}
