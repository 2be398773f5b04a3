extension ZoneRules {
    /// Where a wall-clock reading lies among the changes of the clocks.
    enum Position {
        /// Away from any change.
        case settled(LocalRange)
        /// Skipped or repeated by the change at an instant.
        case changed(at: Int64, before: Offset, after: Offset)
    }

    func offset(at instant: Int64) -> Offset {
        let index = countOfChanges(upTo: instant)
        if index == changes.count, let yearly { return yearly.offset(from: yearly.span(at: instant).begin) }
        return offsets[index]
    }

    func type(at instant: Int64) -> LocalTimeType {
        let index = countOfChanges(upTo: instant)
        if index == changes.count, let yearly { return yearly.type(from: yearly.span(at: instant).begin) }
        return types[index]
    }

    func position(of reading: CivilDateTime) -> Position {
        let reading = reading.secondsSinceEpoch
        let index = countOfChangedReadings(upTo: reading)
        if index > 0, reading < settledReadings[index - 1] {
            return .changed(at: changes[index - 1], before: offsets[index - 1], after: offsets[index])
        }
        if index == changes.count, let yearly {
            return yearly.position(of: reading, after: changes.last, settledFrom: settledReadings.last)
        }
        let lower = index > 0 ? settledReadings[index - 1] : .min
        let upper = index < changes.count ? changedReadings[index] : .max
        return .settled(LocalRange(lower: lower, upper: upper, offset: offsets[index]))
    }

    func transition(after instant: Int64) -> Transition? {
        let next = countOfChanges(upTo: instant)
        // The last listed change may be one of nothing; then it only marks where the rule begins.
        if next < changes.count, types[next] != types[next + 1] { return listedTransition(next) }
        let from = max(instant, changes.last ?? .min)
        guard let yearly else { return nil }
        let span = yearly.span(at: from)
        return span.end.instant > from && YearlyRule.covers(span.end.instant) ? yearly.transition(span.end) : nil
    }

    func transition(before instant: Int64) -> Transition? {
        guard instant > .min else { return nil }
        if let yearly, instant > changes.last ?? .min {
            let change = yearly.span(at: instant - 1).begin
            if change.instant < instant, change.instant > changes.last ?? .min, YearlyRule.covers(change.instant) {
                return yearly.transition(change)
            }
        }
        var index = changes.countOfLeading { $0 < instant } - 1
        if index >= 0, types[index] == types[index + 1] { index -= 1 }
        return index >= 0 ? listedTransition(index) : nil
    }

    private func listedTransition(_ index: Int) -> Transition {
        Transition(
            instant: Instant(secondsSinceEpoch: changes[index]), before: types[index], after: types[index + 1])
    }
}

extension YearlyRule {
    /// - Parameters:
    ///   - lastChange: the last change that the file lists; the rule's own begin after it.
    ///   - settled: the first reading that the listed changes leave to the rule.
    func position(of reading: Int64, after lastChange: Int64?, settledFrom settled: Int64?) -> ZoneRules.Position {
        let earlier = Int64(min(standard.offset, daylight.offset).secondsEastOfUTC)
        let later = Int64(max(standard.offset, daylight.offset).secondsEastOfUTC)
        // A change touches the readings from its instant at the smaller offset to its instant at the greater one.
        let span = span(at: reading - earlier)
        if reading - later < span.begin.instant, span.begin.instant > lastChange ?? .min {
            let transition = transition(span.begin)
            return .changed(
                at: span.begin.instant, before: transition.before.offset, after: transition.after.offset)
        }
        return .settled(
            LocalRange(
                lower: max(span.begin.instant + later, settled ?? .min),
                upper: span.end.instant + earlier,
                offset: offset(from: span.begin)))
    }

    func transition(_ change: Change) -> Transition {
        Transition(
            instant: Instant(secondsSinceEpoch: change.instant),
            before: change.beginsDaylight ? standard : daylight,
            after: change.beginsDaylight ? daylight : standard)
    }
}

extension Array {
    /// How many elements from the first on fulfil a condition that no element after them fulfils (binary search).
    func countOfLeading(where condition: (Element) -> Bool) -> Int {
        var lower = 0
        var upper = count
        while lower < upper {
            let middle = lower + (upper - lower) / 2
            if condition(self[middle]) { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}
