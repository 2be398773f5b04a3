/// What a rule is asked in a batch (format: docs/preview-batch.md).
public struct RuleQuestion: Codable, Hashable, Sendable {
    public var dtstart: String
    /// An IANA zone, 'UTC' or 'VALUE=DATE'; omitted: floating.
    public var tzid: String?
    public var rrule: String?
    public var rdate: [String]?
    public var exdate: [String]?
    /// Leave dtstart out unless the rule gives it.
    public var ruleOnly: Bool?
    /// Strictly after.
    public var after: String?
    public var before: String?
    /// 100 where omitted, and at most 10000.
    public var limit: Int?

    public init(
        dtstart: String, tzid: String? = nil, rrule: String? = nil, rdate: [String]? = nil,
        exdate: [String]? = nil, ruleOnly: Bool? = nil, after: String? = nil, before: String? = nil,
        limit: Int? = nil
    ) {
        self.dtstart = dtstart
        self.tzid = tzid
        self.rrule = rrule
        self.rdate = rdate
        self.exdate = exdate
        self.ruleOnly = ruleOnly
        self.after = after
        self.before = before
        self.limit = limit
    }
}

/// What a rule gives, or why the question has no answer.
public struct RuleAnswer: Codable, Hashable, Sendable {
    public var occurrences: [String]?
    /// There are no further ones.
    public var complete: Bool?
    public var error: String?

    public init(occurrences: [String], complete: Bool) {
        self.occurrences = occurrences
        self.complete = complete
    }

    public init(error: String) {
        self.error = error
    }
}
