import Glibc

/// Figures as they are printed: the median, and how far it spreads.
enum Table {
    static func title(_ text: String) {
        put("\n\(text)\n")
    }

    static func row(_ name: String, _ figures: String) {
        put("  \(name)\(String(repeating: " ", count: max(1, 46 - name.count)))\(figures)\n")
    }
}

/// Each line goes out as soon as it is known, also into a pipe.
private func put(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
}

extension [Double] {
    /// The value below which this part of them lies, 0 to 1.
    func quantile(_ part: Double) -> Double {
        let sorted = sorted()
        return sorted.isEmpty ? 0 : sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }

    var median: Double { quantile(0.5) }
}

extension Double {
    /// With so many digits behind the point.
    func digits(_ count: Int) -> String {
        let scale = [1.0, 10, 100, 1_000][count]
        let scaled = Int((self * scale).rounded())
        guard count > 0 else { return "\(scaled)" }
        let fraction = "\(abs(scaled) % Int(scale))"
        return "\(scaled / Int(scale)).\(String(repeating: "0", count: count - fraction.count))\(fraction)"
    }
}
