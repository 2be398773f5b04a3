import ConveneCore
import Recurrence
import ZonedTime

// How what was agreed is told to the program.
extension AgreedAlarm {
    var trigger: AlarmTrigger {
        switch wish {
        case .secondsBefore(let seconds): .beforeStart(.seconds(seconds))
        case .daysBefore(let days): .beforeStart(.days(Int(days)))
        case .secondsAfterEnd(let seconds): .afterEnd(.seconds(seconds))
        case .at(let instant):
            .at(Instant(secondsSinceEpoch: instant), said: ZonedReading(civil(instant), zone: "UTC"))
        }
    }
}

extension AgreedMeeting {
    /// The program's value of it, under that short number and revision.
    ///
    /// - Parameter target: the short number of the one that it waits for.
    func meeting(number: Int, revision: Int, waitingFor target: Int?) throws -> Meeting {
        let timing = Timing(start: civil(ownStart), duration: .seconds(length), zone: zone, city: nil)
        var overrides: [Int64: Override] = [:]
        for (original, start) in moved {
            overrides[original] = Override(civil(original), timing: timing.starting(at: civil(start)))
        }
        for original in cancelled { overrides[original, default: Override(civil(original))].status = .cancelled }
        var meeting = Meeting(
            uid: uid, number: number, revision: revision, summary: "Meeting \(uid.prefix(4))",
            segments: try segments(
                timing, status: isCancelled ? .cancelled : waitsFor == nil ? .confirmed : .possible),
            overrides: overrides.values.sorted { $0.recurrenceID < $1.recurrenceID },
            alarms: .own(
                alarms.map {
                    Alarm(id: $0.id, trigger: $0.trigger, whenLate: dropping.contains($0.id) ? .drop : .keep)
                }.sorted { $0.id < $1.id }))
        meeting.snoozes = snoozes.map {
            Snooze(id: $0.id, recurrenceID: $0.original.map(civil), trigger: $0.alarm.trigger)
        }
        meeting.relations = target.map { [Relation(.dependsOn, target: $0)] } ?? []
        return meeting
    }

    private func segments(_ timing: Timing, status: Status) throws -> [Segment] {
        guard isSeries else { return [Segment(timing, status: status)] }
        let begins = stretches.map { start + $0.firstDay * 86_400 }
        return try stretches.indices.map { index in
            let (stretch, first) = (stretches[index], begins[index])
            let end = index + 1 < begins.count ? begins[index + 1] : nil
            let isWithin = { (date: Int64) in date < end ?? .max && (index == 0 || date >= first) }
            return Segment(
                timing.starting(at: civil(first)), status: status,
                rule: try RecurrenceRule("FREQ=DAILY;INTERVAL=\(stretch.everyDays);COUNT=\(stretch.count)"),
                dates: beside.filter(isWithin).sorted().map(civil),
                exclusions: leftOut.filter(isWithin).sorted().map(civil),
                endsBefore: end.map(civil))
        }
    }
}
