/// How many columns of a terminal a text takes.
public enum TextWidth {
    public static func columns(of text: String) -> Int {
        // As most are: every printing character of ASCII takes one.
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text.utf8.count }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// Wide and fullwidth characters (UAX #11) and emoji take two columns, combining marks none.
    public static func columns(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .format: return 0
        default: break
        }
        if properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return isWide(scalar.value) ? 2 : 1
    }

    /// The text, or as much of it as fits with an ellipsis behind.
    public static func shorten(_ text: String, to columns: Int) -> String {
        if TextWidth.columns(of: text) <= columns { return text }
        var shortened = ""
        var used = 0
        for character in text {
            let width = TextWidth.columns(of: character)
            if used + width > columns - 1 { break }
            shortened.append(character)
            used += width
        }
        while shortened.last == " " { shortened.removeLast() }
        return shortened + "…"
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
