/// One round of talks that are held once in every period.
public struct Round: Codable, Hashable, Sendable {
    /// The first day of its period, by which it is named however it is moved.
    public var period: String
    /// 'September', '3rd quarter'; with the year where that is not the reader's.
    public var name: String
    /// What names it behind the '#' of a reference: sep, q3, 2020-01.
    public var tag: String
    public var standing: Standing
    /// Given when its date is first fixed.
    public var number: Int?
    /// The actual host, or whose turn it will be.
    public var host: String?
    /// Why it was skipped, postponed or merged.
    public var reason: String?
    /// The name of the period into which it was postponed, or with whose round it was merged.
    public var into: String?

    public init(
        period: String, name: String, tag: String, standing: Standing, number: Int? = nil, host: String? = nil,
        reason: String? = nil, into: String? = nil
    ) {
        self.period = period
        self.name = name
        self.tag = tag
        self.standing = standing
        self.number = number
        self.host = host
        self.reason = reason
        self.into = into
    }
}
