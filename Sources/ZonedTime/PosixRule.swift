/// How a zone goes on after the last change that its file lists: the file's footer, a POSIX TZ string.
enum PosixRule: Hashable, Sendable {
    case constant(LocalTimeType)
    case yearly(YearlyRule)

    /// What holds at an instant from which on the rule applies.
    func localTimeType(at instant: Int64) -> LocalTimeType {
        switch self {
        case .constant(let type): type
        case .yearly(let rule): rule.type(from: rule.span(at: instant).begin)
        }
    }
}
