import ArgumentParser
import MailModel
import MailboxStore

/// `hindsight policy show`.
struct PolicyShow: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show which answers hold, and where each was chosen.",
        discussion: """
            For the store, an account or a mailbox. Without any of these, what differs somewhere below \
            the store is listed too.
            """)

    @OptionGroup var target: PolicyTarget

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let store = try location.openForReading()
        defer { store.close() }
        let scopes = try store.layersBelow(try store.scope(of: target))
        var layers: [(String, PolicyLayer)] = [("default", PolicyPreset.patient.answers)]
        for scope in scopes {
            let layer = try store.read { reader throws(StoreError) in
                try reader.policyLayer(scope)
            }
            layers.append((try store.name(of: scope), layer))
        }
        let rows = PolicyQuestion.allCases.compactMap { question -> Row? in
            guard let holder = layers.last(where: { $0.1[question] != nil }),
                let answer = holder.1[question]
            else { return nil }
            return Row(answer: answer, chosenBy: holder.0)
        }
        if json {
            print(JSON.object(rows.map { ($0.answer.question.name, $0.json) }).text)
        } else {
            var table = Table(["QUESTION", "ANSWER", "RFC 2180", "CHOSEN BY"], left: [0, 1, 2, 3])
            for row in rows { table.add(row.cells) }
            print(table.text)
            if target.account == nil { try showExceptions(in: store) }
        }
    }

    /// What was chosen for accounts and mailboxes.
    private func showExceptions(in store: MailboxStore) throws {
        let layers = try store.read { reader throws(StoreError) in try reader.policyLayers() }
        for (scope, layer) in layers {
            switch scope {
            case .configuration, .store: continue
            case .account, .mailbox:
                let answers = layer.answers.map { "\($0.question.name)=\($0.name)" }
                print("\(try store.name(of: scope)): \(answers.joined(separator: " "))")
            }
        }
    }

    private struct Row {
        let answer: PolicyAnswer
        let chosenBy: String

        var cells: [String] {
            [answer.question.name, answer.name, "§\(answer.section)", chosenBy]
        }

        var json: JSON {
            .object([
                ("answer", .string(answer.name)), ("section", .string(answer.section)),
                ("chosenBy", .string(chosenBy)),
            ])
        }
    }
}

extension MailboxStore {
    /// The scope and what it yields to, the greatest first.
    fileprivate func layersBelow(_ scope: PolicyScope) throws -> [PolicyScope] {
        switch scope {
        case .configuration: [.configuration]
        case .store: [.configuration, .store]
        case .account: [.configuration, .store, scope]
        case .mailbox(let mailbox):
            try [.configuration, .store]
                + (mailboxRow(mailbox).map { [.account($0.account)] } ?? []) + [scope]
        }
    }

    /// `configuration file`, `store`, `account ann`, `mailbox ann/Board`
    fileprivate func name(of scope: PolicyScope) throws -> String {
        switch scope {
        case .configuration: return "configuration file"
        case .store: return "store"
        case .account(let account):
            return Terminal.printable("account \(try accountName(account))")
        case .mailbox(let mailbox):
            guard let row = try mailboxRow(mailbox) else { return "mailbox \(mailbox)" }
            return Terminal.printable("mailbox \(try accountName(row.account))/\(row.name)")
        }
    }

    private func accountName(_ account: AccountID) throws -> String {
        try read { reader throws(StoreError) in
            try reader.accountRow(account)?.name ?? "\(account)"
        }
    }

    private func mailboxRow(_ mailbox: MailboxID) throws -> MailboxRow? {
        try read { reader throws(StoreError) in try reader.mailboxRow(mailbox) }
    }
}
