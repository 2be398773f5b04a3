/// Takes comments and the text of literals out of Swift; every line stays where it is.
struct CodeScanner {
    private let text: [UInt8]
    private var position = 0
    private var output: [UInt8] = []

    private static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")

    init(_ text: String) {
        self.text = Array(text.utf8)
        output.reserveCapacity(self.text.count)
    }

    mutating func code() -> String {
        scanCode(untilParenthesis: false)
        return String(decoding: output, as: UTF8.self)
    }

    private func has(_ word: [UInt8]) -> Bool {
        guard position + word.count <= text.count else { return false }
        for index in word.indices where text[position + index] != word[index] { return false }
        return true
    }

    /// Code, up to the end, or to the parenthesis that closes an interpolation.
    private mutating func scanCode(untilParenthesis: Bool) {
        var depth = 0
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "/"), has(Array("//".utf8)) {
                while position < text.count, text[position] != CodeScanner.newline { position += 1 }
            } else if byte == UInt8(ascii: "/"), has(Array("/*".utf8)) {
                skip(to: Array("*/".utf8))
            } else if byte == CodeScanner.quote || byte == CodeScanner.hash, let hashes = literalHashes() {
                scanLiteral(hashes: hashes)
            } else {
                position += 1
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if depth == 0, untilParenthesis { return }
                    depth -= 1
                }
                output.append(byte)
            }
        }
    }

    /// How many `#` stand before the quotation mark here; `nil` where there is none.
    private func literalHashes() -> Int? {
        var mark = position
        while mark < text.count, text[mark] == CodeScanner.hash { mark += 1 }
        return mark < text.count && text[mark] == CodeScanner.quote ? mark - position : nil
    }

    private mutating func scanLiteral(hashes: Int) {
        position += hashes
        let isLong = has([CodeScanner.quote, CodeScanner.quote, CodeScanner.quote])
        let fence = [UInt8](repeating: CodeScanner.hash, count: hashes)
        let end = [UInt8](repeating: CodeScanner.quote, count: isLong ? 3 : 1) + fence
        let escape = [UInt8(ascii: "\\")] + fence
        position += isLong ? 3 : 1
        output += Array("\"\"".utf8)
        while position < text.count, !has(end) {
            if has(escape + [UInt8(ascii: "(")]) {
                position += escape.count + 1
                output += Array(" (".utf8)
                scanCode(untilParenthesis: true)
                output += Array(") ".utf8)
            } else if has(escape) {
                position += escape.count + 1
            } else {
                if text[position] == CodeScanner.newline { output.append(CodeScanner.newline) }
                position += 1
            }
        }
        position += end.count
    }

    private mutating func skip(to end: [UInt8]) {
        while position < text.count, !has(end) {
            if text[position] == CodeScanner.newline { output.append(CodeScanner.newline) }
            position += 1
        }
        position += end.count
    }
}

extension [UInt8] {
    /// Whether the bytes hold these, one behind the other.
    func holds(_ word: [UInt8]) -> Bool {
        guard let first = word.first, count >= word.count else { return word.isEmpty }
        for start in 0...count - word.count where self[start] == first {
            if self[start..<start + word.count].elementsEqual(word) { return true }
        }
        return false
    }
}
