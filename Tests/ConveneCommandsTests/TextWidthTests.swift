import PlainText
import Testing

@testable import ConveneCommands

@Suite("Columns of a terminal")
struct TextWidthTests {
    @Test(
        "Wide characters and pictures take two columns, marks none",
        arguments: [
            ("", 0), ("Lunch", 5), ("ROK–Japan", 9), ("café", 4), ("cafe\u{301}", 4), ("국장급", 6),
            ("\u{1100}\u{1161}\u{11A8}", 2), ("日本", 4), ("ﾊﾝｶｸ", 4), ("ＡＢ", 4), ("…→·×", 4), ("👍", 2), ("👍🏽", 2),
            ("👩‍👩‍👧", 2), ("🇰🇷", 2), ("❤️", 2), ("❤", 1), ("☎️", 2), ("1️⃣", 2), ("a\u{200B}b", 2), ("क्षि", 2), ("ไม่", 2),
            ("שלום", 4), ("가나다 abc", 10),
        ])
    func columns(text: String, expected: Int) {
        #expect(text.columns == expected)
    }

    @Test(
        "What is longer than its column ends with …, and never in the middle of a character",
        arguments: [
            ("Lunch", 5, "Lunch"), ("Lunch", 4, "Lun…"), ("국장급 협의", 11, "국장급 협의"), ("국장급 협의", 10, "국장급 협…"),
            ("국장급 협의", 8, "국장급…"), ("국장급", 2, "…"), ("국장급", 0, ""), ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"),
            ("cafe\u{301} au lait", 5, "cafe\u{301}…"),
        ])
    func shortened(text: String, limit: Int, expected: String) {
        #expect(text.shortened(to: limit) == expected)
        #expect(text.shortened(to: limit).columns <= limit)
    }

    @Test("Lines break at spaces; a word that fits no line is broken")
    func wrapped() {
        #expect("one two three".wrapped(to: 7) == ["one two", "three"])
        #expect("abcdefghij kl".wrapped(to: 4) == ["abcd", "efgh", "ij", "kl"])
        #expect("국장급 협의".wrapped(to: 5) == ["국장", "급", "협의"])
        #expect("".wrapped(to: 5) == [""])
    }

    @Test(
        "Nothing that a terminal would obey gets through",
        arguments: [
            ("plain – text", "plain – text"), ("\u{1B}[31mred\u{7}", "␛[31mred␇"), ("a\nb\tc\r", "a␊b␉c␍"),
            ("\u{9B}31m", "\u{FFFD}31m"), ("\u{7F}", "␡"), ("a\u{202E}cba", "a\u{FFFD}cba"), ("\u{2028}", "␤"),
        ])
    func harmless(text: String, expected: String) {
        #expect(text.harmless == expected)
        #expect(Line(text).text == expected)
    }

    @Test("Colours are put around harmless text, and only there")
    func colours() {
        var line = Line("a\u{1B}[0m", .warning)
        line.append("b")
        #expect(line.colouredText == "\u{1B}[33ma␛[0m\u{1B}[mb")
        #expect(line.text == "a␛[0mb")
    }
}
