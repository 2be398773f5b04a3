/// A month and where it lies on the calendar, by a handful of multiplications.
struct MonthFrame {
    /// The day before the first of the month, in days since 1970-01-01.
    let base: Int
    /// 28 to 31.
    let length: Int
    /// The weekday of the first, 0 for Monday to 6.
    let weekday: Int

    /// - Parameter index: months since year 0, `year * 12 + month - 1`, of the years −399 to 10,000.
    init(_ index: Int) {
        // Years that begin in March put the leap day last; 400 years ahead all numbers are positive.
        let (year, month) = UInt32(truncatingIfNeeded: index + 4_798).quotientAndRemainder(dividingBy: 12)
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5
        base = Int(days) - 865_566
        weekday = Int((days + 2) % 7)
        if month == 11 {
            length = MonthFrame.isLeap(year + 1) ? 29 : 28
        } else {
            // April, June, September and November, counted from March.
            length = 31 - Int(0b1_0100_1010 >> month & 1)
        }
    }

    private static func isLeap(_ year: UInt32) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// One of 28: what all months of the same length have in common that begin on the same weekday.
    var type: Int { (length - 28) * 7 + weekday }

    static let types = 28
}
