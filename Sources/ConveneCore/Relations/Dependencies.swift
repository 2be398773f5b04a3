/// What waits for what.
public enum Dependencies {
    /// So many are looked at in one search.
    public static let reach = 1_000

    /// The way from one meeting to another through what each depends on, both included; `nil` where there is none.
    ///
    /// - Parameter dependsOn: what a meeting depends on.
    public static func way(
        from start: Int, to goal: Int, dependsOn: (Int) throws -> [Int]
    ) rethrows -> [Int]? {
        var ways = [[start]]
        var seen: Set = [start]
        var next = 0
        while next < ways.count, next < reach {
            let way = ways[next]
            next += 1
            guard let last = way.last else { continue }
            if last == goal { return way }
            for target in try dependsOn(last) where seen.insert(target).inserted { ways.append(way + [target]) }
        }
        return nil
    }
}
