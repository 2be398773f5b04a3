import ZonedTime

/// Occurrences as the test vectors write them: like ISO 8601, and with an offset where they are instants, which is
/// `+00:00` for UTC. Written digit by digit: of a batch's answer this is the greater part.
enum OccurrenceNotation {
    /// `2019-09-20`.
    static func text(_ date: CivilDate) -> String {
        String(unsafeUninitializedCapacity: 10) { buffer in
            var writer = DigitWriter(buffer: buffer)
            writer.write(date)
            return writer.count
        }
    }

    /// `2019-09-20T11:00:00`, and `+09:00` or `-00:01:15` behind it where there is an offset.
    static func text(_ reading: CivilDateTime, at offset: Offset? = nil) -> String {
        String(unsafeUninitializedCapacity: 28) { buffer in
            var writer = DigitWriter(buffer: buffer)
            writer.write(reading.date)
            writer.write("T")
            writer.write(clock: reading.time.secondOfDay)
            guard let offset = offset?.secondsEastOfUTC else { return writer.count }
            writer.write(offset < 0 ? "-" : "+")
            let distance = abs(offset)
            writer.write(two: distance / 3_600)
            writer.write(":")
            writer.write(two: distance / 60 % 60)
            if distance % 60 != 0 {
                writer.write(":")
                writer.write(two: distance % 60)
            }
            return writer.count
        }
    }
}

private struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func write(_ character: Unicode.Scalar) {
        buffer[count] = UInt8(truncatingIfNeeded: character.value)
        count += 1
    }

    /// 0 to 99.
    mutating func write(two number: Int) {
        buffer[count] = UInt8(truncatingIfNeeded: 48 + number / 10)
        buffer[count + 1] = UInt8(truncatingIfNeeded: 48 + number % 10)
        count += 2
    }

    mutating func write(_ date: CivilDate) {
        let (year, month, day) = date.components
        write(two: year / 100)
        write(two: year % 100)
        write("-")
        write(two: month)
        write("-")
        write(two: day)
    }

    mutating func write(clock secondOfDay: Int) {
        write(two: secondOfDay / 3_600)
        write(":")
        write(two: secondOfDay / 60 % 60)
        write(":")
        write(two: secondOfDay % 60)
    }
}
