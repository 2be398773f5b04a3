import ConveneCore
import ConveneTestSupport
import Recurrence
import ZonedTime

/// A weekly meeting on Fridays at 11:00 in Tokyo from 2019-09-20 on, to be changed.
func fridays(_ rule: String = "FREQ=WEEKLY") throws -> Meeting {
    series("2019-09-20T11:00:00", zone: "Asia/Tokyo", try RecurrenceRule(rule))
}

func series(_ start: String, zone: String, minutes: Int = 90, _ rule: RecurrenceRule?) -> Meeting {
    let timing = Timing(start: .at(start), duration: .seconds(Int64(minutes) * 60), zone: zone, city: nil)
    return Meeting(
        uid: "u", number: 1, summary: "Talks", segments: [Segment(timing, status: .confirmed, rule: rule)])
}

extension Timing {
    static func tokyo(_ start: String, minutes: Int = 90) -> Timing {
        Timing(start: .at(start), duration: .seconds(Int64(minutes) * 60), zone: "Asia/Tokyo", city: "Tokyo")
    }
}

extension Meeting {
    /// What is still to come: 'Sep 27 11:00 confirmed', the wall clock there.
    func comes(after reading: String, limit: Int = 4) throws -> [String] {
        try occurrences(endingAfter: .at(reading), limit: limit, in: SampleZones.shared)
            .map { "\($0.timing.start.iso8601.dropFirst(5).dropLast(3)) \($0.status.rawValue)" }
    }
}
