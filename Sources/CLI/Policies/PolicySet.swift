import ArgumentParser
import MailModel
import MailboxStore

/// `hindsight policy set`.
struct PolicySet: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Choose answers for the store, an account or a mailbox.",
        discussion: """
            Each answer is QUESTION=ANSWER, as `hindsight help policy` lists them; QUESTION=inherit \
            leaves the question to the layer below again.

              hindsight policy set fetch=nil copy=refuse --account ann --mailbox Board
              hindsight policy set --preset strict --account ann
              hindsight policy set fetch=inherit --account ann
              hindsight policy set --reset                  what the configuration file says, again
            """)

    @Argument(help: "QUESTION=ANSWER; what is not named stays as it is.")
    var answers: [PolicyChoice] = []

    @Option(help: "patient, strict or immediate: answers to all questions, before those named.")
    var preset: PolicyPreset?

    @Flag(help: "Leave all questions but those named to the layer below.")
    var reset = false

    @OptionGroup var target: PolicyTarget
    @OptionGroup var location: StoreLocation

    func validate() throws {
        guard preset == nil || !reset else {
            throw ValidationError("A --preset answers all questions: --reset adds nothing.")
        }
        guard preset != nil || reset || !answers.isEmpty else {
            throw ValidationError("Name an answer, such as fetch=nil, or a --preset.")
        }
        let questions = answers.map(\.question)
        guard Set(questions).count == questions.count else {
            throw ValidationError("One question is answered twice.")
        }
    }

    func perform() throws {
        let store = try location.openForChanging()
        defer { store.close() }
        var layer = preset?.answers ?? PolicyLayer()
        var leaving = reset ? PolicyQuestion.allCases : []
        for choice in answers {
            switch choice {
            case .choose(let answer): layer.choose(answer)
            case .inherit(let question):
                layer.leave(question)
                leaving.append(question)
            }
        }
        let scope = try store.scope(of: target)
        try store.change(
            ChangePolicy(scope, .amend(layer, leaving: leaving)), by: "policy set")
    }
}

/// `fetch=nil` or `fetch=inherit`.
enum PolicyChoice: ExpressibleByArgument {
    case choose(PolicyAnswer)
    case inherit(PolicyQuestion)

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let question = PolicyQuestion(name: parts[0]) else { return nil }
        if parts[1] == "inherit" {
            self = .inherit(question)
        } else if let answer = question.answer(named: parts[1]) {
            self = .choose(answer)
        } else {
            return nil
        }
    }

    var question: PolicyQuestion {
        switch self {
        case .choose(let answer): answer.question
        case .inherit(let question): question
        }
    }

    static var allValueStrings: [String] {
        PolicyQuestion.allCases.flatMap { question in
            question.answers.map { "\(question.name)=\($0.name)" } + ["\(question.name)=inherit"]
        }
    }
}

extension PolicyPreset: ExpressibleByArgument {}

extension MailboxStore {
    func scope(of target: PolicyTarget) throws -> PolicyScope {
        guard let name = target.account else { return .store }
        let account = try account(name)
        guard let mailbox = target.mailbox else { return .account(account) }
        return .mailbox(try self.mailbox(try MailboxName.argument(mailbox), in: account))
    }
}
