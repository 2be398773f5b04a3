/// The service's side of one connection: bytes come in, calls and frames for their replies come out.
///
/// Calls may arrive faster than they are answered; they are taken one by one, and the next one only
/// when the last one has its final reply. So replies leave in the order of the calls. It has no socket:
/// whoever has one passes the bytes on.
public struct Connection: Sendable {
    private enum State: Sendable {
        case waiting
        case answering(Call)
        case broken
    }

    private var decoder: FrameDecoder
    private let replyLimit: Int
    private var state = State.waiting

    /// - Parameters:
    ///   - callLimit: The longest call in bytes.
    ///   - replyLimit: The longest reply in bytes.
    public init(callLimit: Int = FrameDecoder.usualLimit, replyLimit: Int = FrameDecoder.usualLimit) {
        decoder = FrameDecoder(limit: callLimit)
        self.replyLimit = replyLimit
    }

    /// Whether the call that was taken last still lacks its final reply.
    public var isAnswering: Bool {
        if case .answering = state { true } else { false }
    }

    /// Whether a call has begun to arrive that is not complete.
    public var isInsideCall: Bool { decoder.isInsideFrame }

    /// Adds what came from the socket.
    public mutating func receive(_ bytes: some Sequence<UInt8>) {
        decoder.append(bytes)
    }

    /// Takes the next call; `nil` if it has not arrived yet, or the last one is still being answered.
    ///
    /// After an error the stream makes no sense any more: send the error's reply, log its reason, close.
    public mutating func nextCall() throws(CallError) -> Call? {
        guard case .waiting = state else { return nil }
        do {
            guard let frame = try decoder.next() else { return nil }
            let call = try Call(frame: frame)
            state = .answering(call)
            return call
        } catch let error as CallError {
            state = .broken
            throw error
        } catch let error as FrameError {
            state = .broken
            throw CallError(error)
        } catch {
            return nil
        }
    }

    /// The frame of a reply to the current call, with its final NUL; `nil` for a caller who wants none.
    ///
    /// A reply that `continues` the call leaves room for the next one. Throws `ExpectedMore` where the
    /// caller is not ready for several replies, `ReplyError` and `EncodingError` where the reply is wrong.
    /// Whatever it throws, the call can still be answered with an error.
    public mutating func reply(_ parameters: some Encodable, continues: Bool = false) throws -> [UInt8]? {
        guard case .answering(let call) = state else { throw ReplyError.alreadyAnswered }
        if continues && !call.more && !call.oneway { throw ErrorReply.expectedMore }
        let frame = Reply.frame(parameters: try JSONText(encoding: parameters), continues: continues)
        if frame.count > replyLimit { throw ReplyError.tooLarge(limit: replyLimit) }
        if !continues { state = .waiting }
        return call.oneway ? nil : frame + [0]
    }

    /// The frame of an error, with its final NUL, which is the current call's final reply; `nil` for a
    /// caller who wants none. Throws `ReplyError` and `EncodingError` where the reply is wrong.
    public mutating func reply(_ error: ErrorReply) throws -> [UInt8]? {
        guard case .answering(let call) = state else { throw ReplyError.alreadyAnswered }
        let frame = try Reply.frame(error)
        if frame.count > replyLimit { throw ReplyError.tooLarge(limit: replyLimit) }
        state = .waiting
        return call.oneway ? nil : frame + [0]
    }

    /// Gives the current call up: its caller is gone, and only `oneway` calls that it sent before matter still.
    public mutating func abandonCall() {
        if case .answering = state { state = .waiting }
    }

    /// The frame of an error that answers no call, with its final NUL: the last thing on a connection
    /// that is refused, or cannot be understood.
    public static func farewell(_ error: ErrorReply) -> [UInt8] {
        // An error that cannot be written down is answered by silence.
        guard let frame = try? Reply.frame(error) else { return [] }
        return frame + [0]
    }
}

/// A service's mistake in answering a call.
public enum ReplyError: Error, Hashable, Sendable {
    /// The reply is longer than a frame may be, in bytes.
    case tooLarge(limit: Int)
    /// The call has had its final reply.
    case alreadyAnswered
    /// The service returned without a final reply.
    case missing
}
