import ArgumentParser
import MailModel

/// `hindsight policy`.
struct Policy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What happens when several clients are in one mailbox: RFC 2180.",
        discussion: """
            RFC 2180 asks eight questions and knows several answers to each. Chosen for a mailbox they \
            come before those of its account, these before those of the store, and these before what \
            the store's configuration file says. A change is an event in the log and holds from the \
            next command of every session.

            \(table)

            Presets: patient (nobody is refused or disconnected; the default), strict (what is missing \
            is said by NO, and nothing is half done), immediate (what is gone is gone for everybody at \
            once).
            """,
        subcommands: [PolicyShow.self, PolicySet.self])

    /// `fetch    ghost (§4.1.1) · partial (§4.1.2) · nil (§4.1.3)`
    private static var table: String {
        PolicyQuestion.allCases.map { question in
            let answers = question.answers.map { "\($0.name) (§\($0.section))" }
            let name = question.name.padding(to: 9)
            return "  \(name)\(answers.joined(separator: " · "))"
        }.joined(separator: "\n")
    }
}

extension String {
    func padding(to count: Int) -> String {
        self + String(repeating: " ", count: max(0, count - self.count))
    }
}

/// What a policy is about: a mailbox, an account or the store.
struct PolicyTarget: ParsableArguments {
    @Option(help: "The account; without it, the whole store.")
    var account: String?

    @Option(help: "A mailbox of the account.")
    var mailbox: String?

    func validate() throws {
        guard mailbox == nil || account != nil else {
            throw ValidationError("--mailbox needs --account.")
        }
    }
}
