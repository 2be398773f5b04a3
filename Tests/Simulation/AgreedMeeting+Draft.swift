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
        let timing = Timing(start: civil(start), duration: .seconds(length), zone: zone, city: nil)
        let rule = try everyDays.map { try RecurrenceRule("FREQ=DAILY;INTERVAL=\($0);COUNT=\(count)") }
        var overrides: [Int64: Override] = [:]
        for (original, start) in moved {
            overrides[original] = Override(civil(original), timing: timing.starting(at: civil(start)))
        }
        for original in cancelled { overrides[original, default: Override(civil(original))].status = .cancelled }
        var meeting = Meeting(
            uid: uid, number: number, revision: revision, summary: "Meeting \(uid.prefix(4))",
            segments: [
                Segment(timing, status: isCancelled ? .cancelled : waitsFor == nil ? .confirmed : .possible, rule: rule)
            ],
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
}
