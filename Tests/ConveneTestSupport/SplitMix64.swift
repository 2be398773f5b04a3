public import ZonedTime

/// Random numbers that are the same in every run (Steele, Lea and Flood, 2014).
public struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A wall-clock reading of the years 1 to 9999, half of them between 1900 and 2100.
    public mutating func reading() -> CivilDateTime {
        let all = CivilDateTime.min.secondsSinceEpoch...CivilDateTime.max.secondsSinceEpoch
        let ours: ClosedRange<Int64> = -2_208_988_800...4_102_444_800
        let seconds = Int64.random(in: next() % 2 == 0 ? all : ours, using: &self)
        return CivilDateTime(secondsSinceEpoch: seconds) ?? .min
    }
}
