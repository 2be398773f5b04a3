public import ZonedTime

extension RecurrenceRule {
    /// The rule in English: `every month on the third Friday, until 20 December 2026`.
    ///
    /// Two rules that differ have different sentences, unless they give the same from that start on; what people type
    /// is read the same way (`RecurrencePhrase`).
    ///
    /// - Parameter start: says what the rule leaves open, such as the day of `every year on 24 October`.
    public func sentence(startingOn start: CivilDateTime) -> String {
        RuleSentence(self, startingOn: start).text
    }
}
