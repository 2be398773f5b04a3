internal import CSystemd

/// The id of a boot, as the journal's `_BOOT_ID` has it.
public struct BootID: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits, without dashes.
    public let text: String

    public var description: String { text }

    /// The current boot's, or `nil` where the system keeps it from us (a unit with `ProcSubset=pid`).
    public static func current() -> BootID? {
        var id = sd_id128_t()
        guard sd_id128_get_boot(&id) >= 0 else { return nil }
        return BootID(id)
    }

    init(_ id: sd_id128_t) {
        text = id.hexadecimal
    }
}

/// The id of this installation of the system (machine-id(5)), after which journald names its directories.
struct MachineID {
    let text: String

    static func current() -> MachineID? {
        var id = sd_id128_t()
        guard sd_id128_get_machine(&id) >= 0 else { return nil }
        return MachineID(text: id.hexadecimal)
    }
}

extension sd_id128_t {
    /// 32 lower-case hexadecimal digits.
    fileprivate var hexadecimal: String {
        var text = [CChar](repeating: 0, count: Int(SD_ID128_STRING_MAX))
        sd_id128_to_string(self, &text)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
