/// Waits until there is something to return: it looks again and again, and gives up after a while.
///
/// - Parameter what: what is waited for, for the error.
public func eventually<Value>(
    _ what: String, within bound: Duration = .seconds(90), _ condition: () async throws -> Value?
) async throws -> Value {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: bound)
    while true {
        // Read before looking: whoever was kept from running for long still looks once more.
        let isOver = clock.now >= end
        if let value = try await condition() { return value }
        if isOver { throw TimeoutError(what: what, bound: bound) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Waits until something is true.
public func eventually(
    _ what: String, within bound: Duration = .seconds(90), _ condition: () async throws -> Bool
) async throws {
    _ = try await eventually(what, within: bound) { try await condition() ? true : nil }
}

/// What was waited for did not come.
public struct TimeoutError: Error, Sendable, CustomStringConvertible {
    public let what: String
    public let bound: Duration

    public var description: String { "waited \(bound) in vain for \(what)" }
}
