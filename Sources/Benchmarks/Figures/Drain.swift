import MailModel
import MailboxStore

extension Figure {
    /// What a view needs to tell what happened since it last looked.
    static let drain = Figure(
        name: "drain", about: "a view of 100,000 messages told of 1 and of 1,000 changes"
    ) { settings in
        let scratch = try ScratchStore(in: settings.directory)
        let account = try scratch.account("anna")
        let body = SampleMail.body(0)
        let messages = settings.scaled(100_000)
        try scratch.fill(account, count: messages) { _ in body }
        let inbox = try scratch.inbox(of: account)
        let driver = Driver(scratch.store)
        let view = try scratch.view(of: inbox)
        defer { view.close() }
        var round = 0

        func told(_ label: String, _ count: Int, _ change: (UInt32) -> any Change) throws
            -> Measurement
        {
            try settings.duration("drain", label) {
                round += 1
                // Strewn over the mailbox, and other ones each round.
                let uids = (0..<count).map { UInt32(($0 &* 97 &+ round &* 13) % messages + 1) }
                _ = try driver.run(uids.map(change), submitters: count)
                var told = ViewUpdates()
                let time = try cost {
                    told = try scratch.store.read { reader throws(StoreError) in
                        try view.advance(.everything, on: reader)
                    }
                }
                guard !told.isEmpty else { throw BenchmarkFailure("the view was told nothing") }
                return time
            }
        }
        // What a round sets is never what the one before has set: every change is one.
        func flagging(_ uid: UInt32) -> any Change {
            ChangeFlags(
                account: account, mailbox: inbox, uids: UIDSet(uid...uid), operation: .replace,
                flags: FlagSet(system: SystemFlags(rawValue: UInt8(round % 31 + 1))))
        }
        return [
            try told("1 flag change", 1, flagging),
            try told("1,000 flag changes", 1_000, flagging),
        ]
    }
}
