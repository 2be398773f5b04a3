import Glibc

/// Feeds libFuzzer's inputs to one of the readers. A trap, a hang or too much memory is a fault, and so is an answer
/// that contradicts another.
///
///     CONVENE_FUZZ=rule|when|series|zone|frames fuzz [libFuzzer's options] [CORPUS…]
enum Fuzz {
    /// Reads an input; what it says of it does not matter.
    static let target: @Sendable ([UInt8]) -> Void = {
        switch getenv("CONVENE_FUZZ").map({ String(cString: $0) }) ?? "" {
        case "rule": RuleTarget.read
        case "when": PhraseTarget.readWhen
        case "series": PhraseTarget.readSeries
        case "zone": ZoneTarget.read
        case "frames": FrameTarget.read
        case let name: fatalError("CONVENE_FUZZ is rule, when, series, zone or frames, not \(name)")
        }
    }()
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzz.target(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

/// SwiftPM calls an executable's `main` by its own name.
@_cdecl("fuzz_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, readOneInput)
}
