import ConveneAPI
import PlainText

/// Parties and their seats, a line each; of a single one who holds and held its offices.
struct PartiesPage {
    let columns: Int

    func lines(_ reply: GetParties.Reply) -> [Line] {
        if reply.parties.isEmpty { return ["No party is known yet. To begin: convene party NAME CITY"] }
        let width = reply.parties.map(\.name.harmless.columns).max() ?? 0
        let lines = reply.parties.map { party in
            Line(party.name.harmless.padded(to: width) + "  " + (party.city.map { "seat \($0)" } ?? "seat not known"))
                .fitted(to: columns)
        }
        let tenures = reply.tenures.isEmpty ? [] : TenuresPage(columns: columns).lines(reply.tenures)
        return lines.flatMap { $0 } + tenures
    }
}
