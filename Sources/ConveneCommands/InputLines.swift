import Glibc

/// The lines of standard input, one by one; empty ones are passed over.
struct InputLines {
    /// Longer lines are refused: nothing that fits a frame needs one.
    private static let longest = 4_194_304

    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var start = 0
    /// Up to where the next line is known to have no end.
    private var searched = 0
    private var isAtEnd = false
    /// The number of the line that `next` returned last; the first is 1.
    private(set) var number = 0

    init(descriptor: CInt = STDIN_FILENO) {
        self.descriptor = descriptor
    }

    /// The next line without its newline, or `nil` at the end.
    mutating func next() throws(CommandError) -> [UInt8]? {
        while let line = try nextLine() {
            if !InputLines.isEmpty(line[...]) { return line }
        }
        return nil
    }

    /// Whether `next` would return at once: a line, or the end, is at hand already.
    mutating func isNextAtHand() throws(CommandError) -> Bool {
        while !isAtEnd {
            if let end = lineEnd() {
                if !InputLines.isEmpty(buffer[start..<end]) { return true }
                start = end + 1
                number += 1
                continue
            }
            var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&input, 1, 0) > 0 else { return false }
            try readOn()
        }
        return true
    }

    private static func isEmpty(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }

    private mutating func nextLine() throws(CommandError) -> [UInt8]? {
        while true {
            if let end = lineEnd() {
                defer { start = end + 1 }
                number += 1
                return Array(buffer[start..<end])
            }
            if isAtEnd {
                defer { start = buffer.count }
                if start < buffer.count { number += 1 }
                return start < buffer.count ? Array(buffer[start...]) : nil
            }
            try readOn()
        }
    }

    /// Where the next line ends, as far as was read. No byte is looked at twice.
    private mutating func lineEnd() -> Int? {
        searched = max(searched, start)
        guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = buffer.count
            return nil
        }
        searched = end
        return end
    }

    private mutating func readOn() throws(CommandError) {
        if buffer.count - start > InputLines.longest {
            throw .usage("line \(number + 1) is longer than 4 MiB", hint: nil)
        }
        buffer.removeFirst(start)
        searched -= start
        start = 0
        try fill()
    }

    private mutating func fill() throws(CommandError) {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 {
                buffer += chunk[..<count]
            } else if count == 0 {
                isAtEnd = true
            } else if errno == EINTR {
                continue
            } else {
                throw .failed("standard input could not be read: \(String(cString: strerror(errno)))", hint: nil)
            }
            return
        }
    }
}

/// What is wrong with a line of JSON, in words.
enum BatchLine {
    static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _):
            return "'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return context.codingPath.isEmpty
                ? "it is no JSON object" : "'\(path(context))' is not of the right type"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty ? context.debugDescription : "'\(path(context))' cannot be used"
        @unknown default:
            return "\(error)"
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
