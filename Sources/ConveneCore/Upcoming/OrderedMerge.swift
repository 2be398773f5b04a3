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
    /// A binary heap: no entry's bound is later than those of the two below it. A schedule has hundreds of
    /// streams, and a short list needs the first few of them only.
    private var heap: [Entry]
    /// Descending, so that the earliest is taken from the end.
    private var held: [Dated<Stream.Element>] = []

    private struct Entry {
        var bound: Instant
        /// Of the stream; among equal bounds it decides.
        let position: Int

        func precedes(_ other: Entry) -> Bool {
            bound != other.bound ? bound < other.bound : position < other.position
        }
    }

    public init(_ streams: [Stream]) {
        self.streams = streams
        heap = streams.indices.compactMap { position in
            streams[position].bound.map { Entry(bound: $0, position: position) }
        }
        // A sorted array is a heap.
        heap.sort { $0.precedes($1) }
    }

    public mutating func next() throws -> Dated<Stream.Element>? {
        while let first = heap.first {
            if let last = held.last, last.at <= first.bound { break }
            for element in try streams[first.position].step() { hold(element) }
            if let bound = streams[first.position].bound {
                heap[0].bound = bound
            } else {
                heap[0] = heap[heap.count - 1]
                heap.removeLast()
            }
            sinkFirst()
        }
        return held.popLast()
    }

    /// Puts the first entry where its bound belongs.
    private mutating func sinkFirst() {
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(heap[index]) else { return }
            heap.swapAt(child, index)
            index = child
        }
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
