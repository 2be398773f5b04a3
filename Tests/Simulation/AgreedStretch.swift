/// Some dates of a series: every so many days, so many times.
struct AgreedStretch: Hashable {
    /// Counted from the day on which the series began when it was planned.
    let firstDay: Int64
    let everyDays: Int64
    let count: Int64

    static func days(of stretches: [AgreedStretch]) -> [Int64] {
        zip(stretches, stretches.dropFirst().map(\.firstDay) + [.max]).flatMap { stretch, end in
            (0..<stretch.count).map { stretch.firstDay + $0 * stretch.everyDays }.filter { $0 < end }
        }
    }
}

extension AgreedMeeting {
    /// Another rule from a day on: of the dates that it does not give, those stay that were moved.
    func recurring(_ stretch: AgreedStretch) -> AgreedMeeting {
        var changed = self
        changed.stretches.removeAll { $0.firstDay >= stretch.firstDay }
        changed.stretches.append(stretch)
        let originals = Set(changed.originals)
        changed.beside = Set(changed.moved.keys).subtracting(originals)
        changed.cancelled.formIntersection(originals.union(changed.beside))
        changed.leftOut.formIntersection(originals)
        return changed
    }

    /// Without one of its dates, and what was said of it; or with it again.
    func leavingOut(_ original: Int64) -> AgreedMeeting {
        var changed = self
        if changed.beside.remove(original) == nil { changed.leftOut.formSymmetricDifference([original]) }
        changed.moved[original] = nil
        changed.cancelled.remove(original)
        return changed
    }
}
