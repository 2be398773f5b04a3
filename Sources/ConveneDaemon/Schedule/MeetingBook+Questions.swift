import ConveneAPI

extension MeetingBook {
    /// Replies that stream have about so many bytes: the first answers are read while the last are found.
    private static let replySize = 65_536

    /// One question about a rule.
    func answer(_ question: RuleQuestion) throws -> PreviewRule.Reply {
        let answer = try QuestionedRule(question, zones: zones).answer()
        return PreviewRule.Reply(occurrences: answer.occurrences, complete: answer.complete)
    }

    /// Many of them, in their order, and as many replies as their answers take where they `stream`.
    func answer(
        _ questions: [RuleQuestion], streams: Bool, send: (PreviewRules.Reply, _ continues: Bool) async throws -> Void
    ) async throws {
        var answers: [RuleAnswer] = []
        var size = 0
        for question in questions {
            // Who asked may be gone, and there may be many more.
            try Task.checkCancellation()
            if streams, size >= MeetingBook.replySize {
                try await send(PreviewRules.Reply(answers: answers), true)
                answers = []
                size = 0
            }
            let answer = RuleAnswer(to: question, zones: zones)
            size += answer.size
            answers.append(answer)
        }
        try await send(PreviewRules.Reply(answers: answers), false)
    }
}
