import MailboxStore

extension Figure {
    /// `hindsight rebuild`: every projection anew from the log and the bodies, parsing each message.
    static let rebuilding = Figure(
        name: "rebuild", about: "rebuilding the projections of a store from its log and bodies"
    ) { settings in
        let scratch = try ScratchStore(in: settings.directory)
        let account = try scratch.account("anna")
        let messages = settings.scaled(20_000)
        try scratch.fill(account, count: messages, perAppend: 10) { SampleMail.body($0) }
        return [
            try settings.rate(
                "rebuild", "\(messages) messages of 4 KB, 10 an event", unit: "messages/s",
                count: messages
            ) {
                try cost { _ = try scratch.store.rebuildProjections() }
            }
        ]
    }
}
