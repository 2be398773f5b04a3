extension StringProtocol {
    /// The text with nothing in it that a terminal would obey instead of showing.
    ///
    /// What was typed somewhere else must not move the cursor, change colours, break a line or turn the
    /// reading direction of what follows. Such characters are replaced by visible ones, never dropped silently.
    public var harmless: String {
        guard unicodeScalars.contains(where: { $0.isObeyed }) else { return String(self) }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            text.append(scalar.isObeyed ? scalar.picture : scalar)
        }
        return String(text)
    }
}

extension Unicode.Scalar {
    /// Control characters (C0, DEL, C1), line separators, and the controls that turn the reading direction
    /// (UAX #9: embeddings, overrides and isolates).
    fileprivate var isObeyed: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The symbol of a control character (␛ for ESC), or � where it has none.
    fileprivate var picture: Unicode.Scalar {
        switch value {
        case 0...0x1F: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        case 0x2028, 0x2029: "\u{2424}"
        default: "\u{FFFD}"
        }
    }
}
