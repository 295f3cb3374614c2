import MailEvents
import MailModel

extension Figure {
    /// Records made and chained, without storage.
    static let chain = Figure(
        name: "chain", about: "the digest chain alone, and records of one message made and chained"
    ) { settings in
        let count = settings.scaled(100_000)
        let record = [UInt8](repeating: 0x5A, count: 160)
        let linking = settings.rate(
            "chain", "links over records of 160 bytes", unit: "records/s", count: count
        ) {
            var link = ChainDigest.start
            return cost {
                for _ in 0..<count { link = HashChain.next(after: link, record: record) }
            }
        }
        let draft = EventDraft(
            account: AccountID(2), mailbox: MailboxID(3), actor: Driver.actor,
            cause: Cause(command: "APPEND"), event: .messagesAppended(try oneMessage()))
        let making = try settings.rate(
            "chain", "records of one message, encoded and chained", unit: "records/s", count: count
        ) {
            var link = ChainDigest.start
            return try cost {
                for number in 1...count {
                    link = try EventCoder.encodeStored(
                        draft, position: LogPosition(UInt64(number)),
                        timeNanoseconds: 1_767_225_600_000_000_000, after: link
                    ).digest
                }
            }
        }
        return [linking, making]
    }

    private static func oneMessage() throws -> MessagesAppended {
        guard let uid = UID(4711) else { throw BenchmarkFailure("no such UID") }
        return MessagesAppended(
            mailbox: MailboxID(3),
            messages: [
                AppendedMessage(
                    uid: uid, digest: BodyDigest(hashing: [1, 2, 3]), sizeBytes: 4096,
                    internalDate: InternalDate(secondsSinceEpoch: 1_767_604_272, zoneMinutes: 60),
                    flags: FlagSet(system: [.seen]))
            ])
    }
}
