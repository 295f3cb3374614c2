import ArgumentParser
import EventLog
import MailEvents
import MailModel
import MailboxStore

/// `hindsight log`.
struct Log: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what happened in the store: when, where, by whom.",
        discussion: """
            Examples:

              hindsight log --account ann --limit 20
              hindsight log --mailbox Trash --type messagesMoved --since 2026-11-01T00:00:00Z
              hindsight log --since 4711 --until 4800 --json
              hindsight log --follow

            A line is: the event's position, its time, the account and the mailbox, who did it \
            (user@address via program, tag and command), and what happened. Mailboxes have the \
            names that they had at that moment.

            --since and --until take a position or a time, both included: RFC 3339, as \
            2026-11-23T09:30:00+01:00, or a day, which begins in UTC. All filters must hold; \
            of --type there may be several, and one is enough.

            --json gives one object a line with everything that is on record, the digest of the \
            chain and those of the messages in hexadecimal.
            """)

    @Option(help: "Only events of this account.")
    var account: String?

    @Option(help: "Only events of the mailbox that had this name; copies and moves out of it too.")
    var mailbox: String?

    @Option(
        name: .customLong("type"),
        help: "Only events of this type: \(MailEvent.kindNames.joined(separator: ", ")).")
    var types: [MailEvent.Kind] = []

    @Option(help: "Only what this user did.")
    var actor: String?

    @Option(help: "From this position or time on.")
    var since: LogBound?

    @Option(help: "Up to this position or time.")
    var until: LogBound?

    @Option(help: "Only the newest so many.")
    var limit: Int?

    @Flag(help: "One JSON object a line.")
    var json = false

    @Flag(help: "Go on as events come in, until interrupted.")
    var follow = false

    @Flag(help: "Times in UTC instead of the system's zone; JSON has UTC always.")
    var utc = false

    @OptionGroup var location: StoreLocation

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes 1 or more.") }
        _ = try mailbox.map(MailboxName.argument)
    }

    func perform() throws {
        let store = try location.openForReading()
        defer { store.close() }
        let filter = LogFilter(
            account: account, mailbox: try mailbox.map(MailboxName.argument), kinds: Set(types),
            user: actor, since: since, until: until)
        var names = NameHistory()
        var reader = LogReader(store.log)
        var newest = NewestLines(limit: limit)
        while let event = try reader.next() {
            if let line = line(event, filter, &names) { newest.add(line) }
        }
        newest.end()
        if let account, !names.knows(account: account) {
            throw Failure.noAccount(account, in: location.directory)
        }
        while follow {
            try Terminal.sendOutput()
            _ = try store.log.waitForNews(after: reader.position, timeoutSeconds: 60)
            while let event = try reader.next() {
                if let line = line(event, filter, &names) { print(line) }
            }
        }
    }

    /// - Returns: nil for an event that is not asked for.
    private func line(
        _ event: RecordedEvent, _ filter: LogFilter, _ names: inout NameHistory
    ) -> String? {
        names.meet(event)
        defer { names.leave(event) }
        guard filter.passes(event, names) else { return nil }
        return json
            ? EventJSON(event: event, names: names).text
            : EventLine(event: event, names: names, utc: utc).text
    }
}

/// Prints lines as they come, or keeps the last of them until the end.
private struct NewestLines {
    let limit: Int?
    private var kept: [String] = []

    init(limit: Int?) { self.limit = limit }

    mutating func add(_ line: String) {
        guard let limit else { return print(line) }
        kept.append(line)
        // Cut seldom, so that keeping few of many lines costs little.
        if kept.count >= 1024, kept.count / 2 >= limit { kept.removeFirst(kept.count - limit) }
    }

    mutating func end() {
        guard let limit else { return }
        for line in kept.suffix(limit) { print(line) }
        kept = []
    }
}

extension MailEvent.Kind: ExpressibleByArgument {}
