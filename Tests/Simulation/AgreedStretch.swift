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

    /// A series of which it is the first date.
    func becomingSeries(_ stretch: AgreedStretch) -> AgreedMeeting {
        var changed = self
        changed.stretches = [stretch]
        changed.snoozes = snoozes.map { AgreedSnooze(id: $0.id, original: ownStart, wish: $0.wish) }
        return changed
    }

    /// The meeting of its own that is left where it is one of its dates alone.
    func becomingSingle(_ original: Int64) -> AgreedMeeting {
        var changed = self
        changed.ownDay = (original - start) / 86_400
        changed.stretches = []
        (changed.leftOut, changed.beside, changed.cancelled, changed.moved) = ([], [], [], [:])
        changed.snoozes = snoozes.filter { $0.original == original }
            .map { AgreedSnooze(id: $0.id, original: nil, wish: $0.wish) }
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
