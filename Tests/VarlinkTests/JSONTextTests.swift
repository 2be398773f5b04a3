import Testing
import Varlink

@Suite("JSON text")
struct JSONTextTests {
    @Test(
        "Valid text is read",
        arguments: [
            ("null", nil), ("true", true), (" [ ] ", []), ("{}", [:]), ("\t{\"a\":\r\n[1,\"b\"]}", ["a": [1, "b"]]),
            ("-0", 0), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.0", .number(1)), ("1e2", .number(100)),
            ("-2.5E-1", .number(-0.25)), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u00e9\uD83D\uDE00""#, "é😀"), ("\"é😀\u{7F}\"", "é😀\u{7F}"),
        ] as [(String, JSONValue)])
    func reads(text: String, value: JSONValue) throws {
        #expect(try JSONValue(json: Array(text.utf8)) == value)
    }

    @Test(
        "Anything else is refused, with the place",
        arguments: [
            ("", .unexpectedEnd, 0), ("nul", .unexpectedEnd, 3), ("nulL", .unexpectedByte(0x4C), 3),
            ("01", .unexpectedByte(0x31), 1), ("+1", .unexpectedByte(0x2B), 0), ("1.", .unexpectedEnd, 2),
            (".5", .unexpectedByte(0x2E), 0), ("1e", .unexpectedEnd, 2), ("1e999", .numberOutOfRange, 0),
            ("NaN", .unexpectedByte(0x4E), 0), ("[1,]", .unexpectedByte(0x5D), 3), ("[1 2]", .unexpectedByte(0x32), 3),
            ("{\"a\":1,}", .unexpectedByte(0x7D), 7), ("{a:1}", .unexpectedByte(0x61), 1),
            ("{} x", .unexpectedByte(0x78), 3),
            ("{\"a\":1,\"a\":2}", .duplicateMember("a"), 7), ("{\"a\":1,\"\\u0061\":2}", .duplicateMember("a"), 7),
            ("\"a", .unexpectedEnd, 2), ("\"\n\"", .unexpectedByte(0x0A), 1), (#""\x""#, .unexpectedByte(0x78), 2),
            (#""\u00g0""#, .unexpectedByte(0x67), 5), (#""\u0000""#, .nullCharacter, 2), ("\"\0\"", .nullCharacter, 1),
            (#""\uD83D""#, .unpairedSurrogate, 2), (#""\uDE00""#, .unpairedSurrogate, 2),
            (#""\uD83D\u0041""#, .unpairedSurrogate, 2), (#""\uD83D\n""#, .unexpectedByte(0x6E), 8),
        ] as [(String, JSONError.Reason, Int)])
    func refuses(text: String, reason: JSONError.Reason, position: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(json: Array(text.utf8)) }
        #expect(error?.reason == reason)
        #expect(error?.position == position)
    }

    @Test(
        "Bytes that are no UTF-8 are refused, in names too",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let quoted = [0x22] + bytes + [0x22]
        #expect(throws: JSONError.self) { try JSONValue(json: quoted) }
        #expect(throws: JSONError.self) { try JSONValue(json: [0x7B] + quoted + Array(":1}".utf8)) }
        #expect(throws: JSONError.self) { try JSONValue(json: bytes) }
    }

    @Test("Values nest 128 deep and no deeper, and a megabyte of brackets is no danger")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(String(repeating: "[", count: depth).utf8) + Array(String(repeating: "]", count: depth).utf8)
        }
        _ = try JSONValue(json: nested(128))
        for depth in [129, 1_000_000] {
            let error = #expect(throws: JSONError.self) { try JSONValue(json: nested(depth)) }
            #expect(error?.reason == .nestedTooDeeply(limit: 128))
        }
        #expect(throws: JSONError.self) { try JSONValue(json: Array(String(repeating: "{\"a\":", count: 99_999).utf8)) }
    }

    @Test("A text cut off anywhere, or with a byte changed, is read or refused, never more")
    func mutations() {
        let text = Array(#"{"a":[1,-2.5e3,true,null,"é\uD83D\uDE00\n"],"b":{"c":{}}}"#.utf8)
        for length in text.indices {
            #expect(throws: JSONError.self) { try JSONValue(json: Array(text[..<length])) }
        }
        for position in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[position] = byte
                guard let value = try? JSONValue(json: changed) else { continue }
                #expect((try? JSONValue(encoding: value)) == value)
            }
        }
    }

    @Test("Members are written in the order of the structure, absent ones not at all")
    func order() throws {
        struct Meeting: Encodable {
            var summary = "talks"
            var number = 7
            var place: String?
            var dates = ["2019-09-20"]
            var host: Host? = Host()
        }
        struct Host: Encodable {
            var city = "Tokyo"
            var zone: String?
        }
        let text = try JSONText(encoding: Meeting()).description
        #expect(text == #"{"summary":"talks","number":7,"dates":["2019-09-20"],"host":{"city":"Tokyo"}}"#)
    }

    @Test("What is written is read as the same value")
    func roundTrip() throws {
        let value: JSONValue = [
            "empty": [:], "list": [[], [nil, true, -1, 0.1]], "text": "\"\\/\u{1}\u{1F}\n\t\r é😀\u{2028}",
            "large": .integer(.min), "small": .number(.leastNonzeroMagnitude), "big": .number(1e300),
        ]
        #expect(try JSONValue(json: JSONText(encoding: value).bytes) == value)
        #expect(try JSONValue(encoding: value) == value)
    }

    @Test("What a message cannot hold is not written")
    func unwritable() {
        #expect(throws: EncodingError.self) { try JSONText(encoding: "a\0b") }
        #expect(throws: EncodingError.self) { try JSONText(encoding: ["a\0b": 1]) }
        #expect(throws: EncodingError.self) { try JSONText(encoding: [Double.nan]) }
        #expect(throws: EncodingError.self) { try JSONText(encoding: ["x": Double.infinity]) }
    }

    @Test("Nested containers are written in place, and one that comes too late is an error")
    func nestedContainers() throws {
        struct Nested: Encodable {
            let isLate: Bool
            enum Keys: CodingKey { case a, b, c }
            func encode(to encoder: any Encoder) throws {
                var outer = encoder.container(keyedBy: Keys.self)
                var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .a)
                try inner.encode(1, forKey: .b)
                var list = inner.nestedUnkeyedContainer(forKey: .c)
                try list.encode(2)
                var object = list.nestedContainer(keyedBy: Keys.self)
                try object.encodeNil(forKey: .a)
                try outer.encode(3, forKey: .b)
                if isLate { try inner.encode(4, forKey: .a) }
                // A second container of the same value goes on with the same object.
                var same = encoder.container(keyedBy: Keys.self)
                try same.encode("end", forKey: .c)
            }
        }
        let text = try JSONText(encoding: Nested(isLate: false)).description
        #expect(text == #"{"a":{"b":1,"c":[2,{"a":null}]},"b":3,"c":"end"}"#)
        #expect(throws: EncodingError.self) { try JSONText(encoding: Nested(isLate: true)) }
    }
}
