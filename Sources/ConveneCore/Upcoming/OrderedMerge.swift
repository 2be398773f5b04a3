public import ZonedTime

/// A source of dated elements that knows before it looks how early the next ones can be.
public protocol BoundedStream {
    associatedtype Element

    /// Nothing that is still to come lies before this; `nil` at the end.
    var bound: Instant? { get }

    /// Takes one step: the elements that it yields, none before the bound, in any order.
    mutating func step() throws -> [Dated<Element>]
}

/// An element and its place in time.
public struct Dated<Element> {
    public let at: Instant
    public let element: Element

    public init(at: Instant, _ element: Element) {
        self.at = at
        self.element = element
    }
}

/// Merges streams in the order of time, each looked into only as far as it must be.
///
/// A clock change can put two starts of one wall clock into another order than the instants they stand for
/// (02:30 becomes 03:30 and comes after 03:00). What a stream yields is therefore held back until no stream
/// can bring anything earlier.
public struct OrderedMerge<Stream: BoundedStream> {
    private var streams: [Stream]
    /// Descending, so that the earliest is taken from the end.
    private var held: [Dated<Stream.Element>] = []

    public init(_ streams: [Stream]) {
        self.streams = streams
    }

    public mutating func next() throws -> Dated<Stream.Element>? {
        while let (index, bound) = earliestStream() {
            if let last = held.last, last.at <= bound { break }
            for element in try streams[index].step() { hold(element) }
            if streams[index].bound == nil { streams.remove(at: index) }
        }
        return held.popLast()
    }

    private func earliestStream() -> (index: Int, bound: Instant)? {
        var earliest: (index: Int, bound: Instant)?
        for (index, stream) in streams.enumerated() {
            guard let bound = stream.bound else { continue }
            if let found = earliest, found.bound <= bound { continue }
            earliest = (index, bound)
        }
        return earliest
    }

    private mutating func hold(_ element: Dated<Stream.Element>) {
        var low = 0
        var high = held.count
        // Behind those that are later, before those that are as early: what came first goes first.
        while low < high {
            let middle = (low + high) / 2
            if held[middle].at > element.at { low = middle + 1 } else { high = middle }
        }
        held.insert(element, at: low)
    }
}
