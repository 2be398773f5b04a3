public import ZonedTime

/// That a series was moved: its dates from one on have other names since. Or that a meeting was that had been a date of one.
///
/// It is kept for good, also where it was undone: what was said of a date was said under the name that it had then.
public struct SeriesMove: Hashable, Sendable {
    /// The original start of the first date that was moved, and the one that it was given.
    public let former: CivilDateTime
    public let present: CivilDateTime
    /// The position of the last notification that was recorded before.
    public let position: Int
    /// Whether it stands: what was said behind it was said under names of today.
    public var isInEffect = false

    public init(former: CivilDateTime, present: CivilDateTime, position: Int = 0) {
        self.former = former
        self.present = present
        self.position = position
    }

    /// A move by whole days may give a date the name that another one had: names do not tell them apart.
    private var tellsApart: Bool { shift % 86_400 != 0 }
    private var shift: Int64 { present.secondsSinceEpoch - former.secondsSinceEpoch }

    /// The names that this move gave or took a date.
    ///
    /// Where names do not tell dates apart, it counts whether something was said before the move or behind it, and whether
    /// the move was undone.
    private func names(of recurrenceID: CivilDateTime, saidAt said: Int) -> [CivilDateTime] {
        let forward =
            recurrenceID >= former && (tellsApart || said <= position) ? recurrenceID.advanced(bySeconds: shift) : nil
        let back =
            recurrenceID >= present && (tellsApart || (said > position && !isInEffect))
            ? recurrenceID.advanced(bySeconds: -shift) : nil
        return [forward, back].compactMap { $0 }
    }

    /// Every name that a date had or has, of which something was said under one of them. The one that is meant comes first:
    /// that one, unless a move by whole days has since given it to another date.
    ///
    /// - Parameter said: the position of the notification that said it.
    public static func names(
        of recurrenceID: CivilDateTime, saidAt said: Int, after moves: [SeriesMove]
    ) -> [CivilDateTime] {
        // No move counts twice on the way to a name: its shift, again and again, would come to the name of another date.
        var names = [(name: recurrenceID, way: Set<Int>())]
        var known: Set<CivilDateTime> = [recurrenceID]
        if let (index, renamed) = renamed(recurrenceID, saidAt: said, after: moves), known.insert(renamed).inserted {
            names.insert((renamed, [index]), at: 0)
        }
        var next = 0
        while next < names.count {
            let (name, way) = names[next]
            next += 1
            for (index, move) in moves.enumerated() where !way.contains(index) {
                for other in move.names(of: name, saidAt: said) where known.insert(other).inserted {
                    names.append((other, way.union([index])))
                }
            }
        }
        return names.map(\.name)
    }

    /// The name that a move by whole days gave that date since, or that its undo gave it back; and which of them it was.
    private static func renamed(
        _ recurrenceID: CivilDateTime, saidAt said: Int, after moves: [SeriesMove]
    ) -> (index: Int, name: CivilDateTime)? {
        let later = moves.indices.filter { moves[$0].position >= said }
        if later.count == 1, let index = later.first {
            let move = moves[index]
            guard !move.tellsApart, move.isInEffect, recurrenceID >= move.former else { return nil }
            return recurrenceID.advanced(bySeconds: move.shift).map { (index, $0) }
        }
        // Nobody moved it since: if the last move does not stand, it was undone.
        guard later.isEmpty, let index = moves.indices.max(by: { moves[$0].position < moves[$1].position }) else {
            return nil
        }
        let move = moves[index]
        guard !move.tellsApart, !move.isInEffect, recurrenceID >= move.present else { return nil }
        return recurrenceID.advanced(bySeconds: -move.shift).map { (index, $0) }
    }
}

extension Meeting {
    /// Which of the names of a date it has now; `nil` where the series has no such date any more.
    public func presentName(
        among names: [CivilDateTime], in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> CivilDateTime? {
        // What was taken out is gone, and no other is meant by it.
        if let name = names.first, segments.contains(where: { $0.exclusions.contains(name) }) { return nil }
        for name in names where try occurrence(of: name, in: zones) != nil { return name }
        return nil
    }
}
