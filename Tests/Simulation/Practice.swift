/// What people ask of reminders besides that they come.
public enum Practice: String, CaseIterable, Sendable {
    case droppedWhenLate = "late, and dropped as was wished"
    case saidThoughDroppable = "to be dropped when late, and said in time"
    case putOff = "put off, and said once more"
    case notedOf = "taken note of"
    case seriesMoved = "a series moved, so that its dates have other names"
    case ruleChanged = "a series by another rule, or with other exceptions"
    case seriesSince = "a meeting of its own that became a series"
    case singleAgain = "a series that became a meeting of its own"
    case editedAhead = "something of its meeting changed in the second before it was due"
    case sheet = "sheets of the day"
    case sheetMissed = "sheets of the day that were missed"
    case sheetUndone = "a sheet turned off or set otherwise, and back by undo"
    case asked = "questions that a meeting is to be decided"
    case askedAgain = "questions that were asked for the second time"
    case takenBack = "questions that were taken back"
    case paced = "late, and made to wait because others were late too"
}
