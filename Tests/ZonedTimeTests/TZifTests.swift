import ConveneTestSupport
import Testing
import ZonedTime

/// Zone files as RFC 9636 describes them, and as it does not.
@Suite struct TZifTests {
    @Test("A file of version 1 has its 32-bit times, and its last type for ever")
    func version1() throws {
        let zone = try tokyo(version: 0).zone()
        #expect(zone.localTimeType(at: Instant(secondsSinceEpoch: -2_000_000_000)).abbreviation == "LMT")
        #expect(zone.localTimeType(at: .distantFuture).abbreviation == "JST")
        #expect(zone.nextTransition(after: .distantPast)?.instant == Instant(secondsSinceEpoch: -1_000_000_000))
        #expect(zone.nextTransition(after: Instant(secondsSinceEpoch: -1_000_000_000)) == nil)
    }

    @Test("Any version from 2 on is read, with leap seconds, and without a footer", arguments: ["2", "3", "4", "5"])
    func versions(version: Unicode.Scalar) throws {
        var file = tokyo(version: UInt8(ascii: version))
        file.leapSeconds = [(78_796_800, 1), (94_694_401, 2)]
        let zone = try file.zone()
        #expect(zone.offset(at: .distantPast) == Offset(secondsEastOfUTC: 33_539))
        #expect(zone.offset(at: .distantFuture) == Offset(secondsEastOfUTC: 32_400))
        file.footer = nil
        #expect(try file.zone() == zone)
    }

    @Test("From the last transition on the footer has the word, and before it the list")
    func footerAfterTransitions() throws {
        var file = tokyo(version: UInt8(ascii: "3"))
        file.footer = "XST-10"
        let zone = try file.zone()
        #expect(zone.localTimeType(at: Instant(secondsSinceEpoch: -1_000_000_001)).abbreviation == "LMT")
        #expect(zone.localTimeType(at: Instant(secondsSinceEpoch: -1_000_000_000)).abbreviation == "XST")
    }

    @Test("Each fault has its error")
    func faults() throws {
        #expect(throws: TZifError.truncated) { try TimeZone(identifier: "", tzif: []) }
        #expect(throws: TZifError.notTZif) { try TimeZone(identifier: "", tzif: .init(repeating: 0, count: 44)) }
        var file = tokyo(version: 1)
        #expect(throws: TZifError.notTZif) { try file.zone() }
        file.version = UInt8(ascii: "2")
        file.transitions.append((-1_000_000_000, 0))
        #expect(throws: TZifError.transitionsOutOfOrder(transition: 1)) { try file.zone() }
        file.transitions = [(0, 2)]
        #expect(throws: TZifError.unknownLocalTimeType(transition: 0)) { try file.zone() }
        file.transitions = []
        file.types[1] = (93_600, false, 4)
        #expect(throws: TZifError.offsetOutOfRange(seconds: 93_600)) { try file.zone() }
        file.types[1] = (0, false, 8)
        #expect(throws: TZifError.malformedAbbreviation(type: 1)) { try file.zone() }
        file.types = []
        #expect(throws: TZifError.noLocalTimeType) { try file.zone() }
        #expect(throws: TZifError.malformedFooter("JST")) { try ZoneFile.footer("JST").zone() }
        let unended = ZoneFile.footer("JST-9").bytes.dropLast()
        #expect(throws: TZifError.truncated) { try TimeZone(identifier: "", tzif: Array(unended)) }
    }

    @Test("A header may announce what it likes: nothing is reserved for bytes that are not there")
    func hugeCounts() {
        for index in 0..<6 {
            var bytes = tokyo(version: UInt8(ascii: "2")).bytes
            bytes.replaceSubrange(20 + index * 4..<24 + index * 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
            #expect(throws: TZifError.truncated) { try TimeZone(identifier: "", tzif: bytes) }
        }
    }

    @Test("A file cut off anywhere is an error, or has lost nothing but its footer")
    func cutOff() throws {
        let bytes = try #require(VectorZones(.slim).bytes("America/New_York"))
        let footer = "\nEST5EDT,M3.2.0,M11.1.0\n".utf8.count
        for length in bytes.indices where length != bytes.count - footer {
            #expect(throws: TZifError.self) { try TimeZone(identifier: "", tzif: Array(bytes[..<length])) }
        }
    }

    @Test("No damage to a file crashes anything", arguments: [1, 2, 3, 4] as [UInt64])
    func damage(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let source = VectorZones(.slim)
        var readable = 0
        for identifier in source.identifiers {
            let original = try #require(source.bytes(identifier))
            for _ in 0..<40 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                if random.next() % 4 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
                guard let zone = try? TimeZone(identifier: identifier, tzif: bytes) else { continue }
                readable += 1
                ask(zone, using: &random)
            }
        }
        #expect(readable > 0)
    }

    /// Every kind of question; there is no right answer, only none that traps.
    private func ask(_ zone: TimeZone, using random: inout SplitMix64) {
        let reading = random.reading()
        var range = LocalRange.empty
        let instants = [.distantPast, .distantFuture, zone.instant(of: reading, remembering: &range)]
        for instant in instants + [zone.firstInstant(of: reading.date), zone.instant(of: .max)] {
            _ = zone.reading(at: instant)
            _ = zone.localTimeType(at: instant)
            _ = zone.nextTransition(after: instant).map { zone.resolve(zone.reading(at: $0.instant)) }
            _ = zone.previousTransition(before: instant).map { zone.resolve(zone.reading(at: $0.instant)) }
        }
    }

    private func tokyo(version: UInt8) -> ZoneFile {
        ZoneFile(
            version: version, transitions: [(-1_000_000_000, 1)], types: [(33_539, false, 0), (32_400, false, 4)],
            abbreviations: "LMT\0JST\0")
    }
}
