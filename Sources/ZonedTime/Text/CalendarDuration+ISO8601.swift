extension CalendarDuration {
    /// Reads `P1D`, `PT24H`, `P1W`, `P1DT2H`, `-PT15M` (ISO 8601, RFC 5545 §3.3.6), or `nil` if it is anything else.
    ///
    /// Years and months are refused: how long they are depends on where they begin.
    public init?(iso8601 text: some StringProtocol) {
        var reader = ASCIIReader(Substring(text).utf8)
        let sign = reader.sign()
        guard reader.take("P") else { return nil }
        var days = 0
        if let next = reader.rest.first, next.isASCIIDigit {
            guard let sum = reader.sum(of: [("W", 7), ("D", 1)]) else { return nil }
            days = sum
            if reader.isAtEnd {
                self.init(days: sign * days, seconds: 0)
                return
            }
        }
        guard reader.take("T"), let seconds = reader.sum(of: [("H", 3_600), ("M", 60), ("S", 1)]), reader.isAtEnd
        else { return nil }
        self.init(days: sign * days, seconds: Int64(sign * seconds))
    }

    /// `P1D`, `PT24H`, `P1W`, `P1DT2H`, `-PT15M`; `PT0S` for nothing.
    ///
    /// Whole weeks are written as such where nothing else is to be written, as RFC 5545 wants it.
    public var iso8601: String {
        let sign = days < 0 || seconds < 0 ? "-" : ""
        if seconds == 0, days != 0 {
            return days % 7 == 0 ? "\(sign)P\((days / 7).magnitude)W" : "\(sign)P\(days.magnitude)D"
        }
        return "\(sign)P\(days == 0 ? "" : "\(days.magnitude)D")T\(timeText)"
    }

    /// `2H`, `15M`, `1H0M30S`: RFC 5545 knows no hours with seconds and without minutes.
    private var timeText: String {
        let (minutes, second) = seconds.magnitude.quotientAndRemainder(dividingBy: 60)
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        let hourText = hour > 0 ? "\(hour)H" : ""
        let minuteText = minute > 0 || (hour > 0 && second > 0) ? "\(minute)M" : ""
        let secondText = second > 0 || minutes == 0 ? "\(second)S" : ""
        return hourText + minuteText + secondText
    }
}

extension ASCIIReader {
    /// Adds up numbers that have a unit behind them: at least one, each unit at most once, in the order given.
    ///
    /// `nil` also where the sum exceeds `Int`.
    fileprivate mutating func sum(of units: [(letter: Unicode.Scalar, size: Int)]) -> Int? {
        var sum = 0
        var units = units[...]
        repeat {
            guard let number = number(), let unit = units.firstIndex(where: { take($0.letter) }) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: units[unit].size)
            let (total, carry) = sum.addingReportingOverflow(product)
            if overflow || carry { return nil }
            sum = total
            units = units[(unit + 1)...]
        } while rest.first?.isASCIIDigit == true
        return sum
    }
}
