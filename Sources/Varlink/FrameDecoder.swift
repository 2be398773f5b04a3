/// Cuts a stream of bytes into frames, each ended by a NUL byte.
///
/// It holds at most one frame that is not complete, and the bytes that were last put in.
public struct FrameDecoder: Sendable {
    /// The longest frame in bytes, without its NUL: four MiB where nobody says otherwise.
    public static let usualLimit = 4 << 20

    /// The longest frame, in bytes without its NUL.
    public let limit: Int

    private var bytes: [UInt8] = []
    /// Where the next frame begins.
    private var frameStart = 0
    /// Up to where the next frame is known to hold no NUL: no byte is looked at twice.
    private var searched = 0

    public init(limit: Int = FrameDecoder.usualLimit) { self.limit = limit }

    /// Whether a frame has begun that is not complete.
    public var isInsideFrame: Bool { frameStart < bytes.count }

    /// Adds what came from the socket.
    public mutating func append(_ received: some Sequence<UInt8>) {
        // What was taken is dropped here, once for many frames.
        bytes.removeFirst(frameStart)
        searched -= frameStart
        frameStart = 0
        bytes.append(contentsOf: received)
    }

    /// Takes the next complete frame, without its NUL; `nil` if more bytes are needed.
    ///
    /// After an error the stream cannot be followed any further.
    public mutating func next() throws(FrameError) -> [UInt8]? {
        guard let end = bytes[searched...].firstIndex(of: 0) else {
            searched = bytes.count
            if bytes.count - frameStart > limit { throw FrameError(limit: limit) }
            return nil
        }
        if end - frameStart > limit { throw FrameError(limit: limit) }
        let frame = Array(bytes[frameStart..<end])
        frameStart = end + 1
        searched = frameStart
        return frame
    }
}

/// A frame is longer than allowed.
public struct FrameError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The longest frame that is allowed, in bytes.
    public let limit: Int

    public init(limit: Int) { self.limit = limit }

    public var description: String { "longer than \(limit) bytes" }
}
