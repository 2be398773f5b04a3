import Glibc
import Varlink

/// One of the standard streams, written to without delay.
struct Output {
    let descriptor: CInt

    static let standard = Output(descriptor: STDOUT_FILENO)
    static let error = Output(descriptor: STDERR_FILENO)

    /// Writes all of it.
    ///
    /// Where the reader has gone (`convene list | head`), SIGPIPE ends the program, as it should.
    func write(_ text: String) throws(CommandError) {
        var text = text
        let failure = text.withUTF8 { bytes -> CInt? in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        guard let failure else { return }
        throw .failed("output could not be written: \(String(cString: strerror(failure)))", hint: nil)
    }
}

extension JSONValue {
    /// The value as one line of JSON, with nothing in it that a terminal would obey.
    var jsonLine: String { (try? JSONText(encoding: self))?.line ?? "null\n" }
}

extension JSONText {
    /// The text as one line, with nothing in it that a terminal would obey.
    ///
    /// JSON escapes the control characters of ASCII; those of Latin-1 (C1) may stand as they are, and a terminal
    /// may take them for the beginning of an escape sequence.
    var line: String {
        let text = description
        // C1 is C2 80 to C2 9F in UTF-8: without a byte like these there is nothing to escape.
        guard bytes.contains(where: { $0 == 0xC2 || $0 == 0x7F }) else { return text + "\n" }
        var line = ""
        for scalar in text.unicodeScalars {
            if (0x7F...0x9F).contains(scalar.value) {
                line += "\\u00" + String(scalar.value, radix: 16)
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line + "\n"
    }
}
