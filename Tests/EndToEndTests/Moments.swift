import ConveneTestSupport
import Glibc

/// Seconds since 1970 on the system's clock.
func now() -> Int { time(nil) }

/// A moment in UTC, as one types it: `2026-12-01 10:00:30`.
func typed(_ moment: Int) -> String { text(moment, "%Y-%m-%d %H:%M:%S") }

/// A moment in UTC as RFC 3339 has it.
func rfc3339(_ moment: Int) -> String { text(moment, "%Y-%m-%dT%H:%M:%SZ") }

/// Waits until the system's clock has come to a moment.
func until(_ moment: Int) async throws {
    try await eventually("the clock to show \(rfc3339(moment))") { now() >= moment }
}

private func text(_ moment: Int, _ format: String) -> String {
    var moment = time_t(moment)
    var parts = tm()
    gmtime_r(&moment, &parts)
    let bytes = [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
        count = buffer.withMemoryRebound(to: CChar.self) { strftime($0.baseAddress, $0.count, format, &parts) }
    }
    return String(decoding: bytes, as: UTF8.self)
}
