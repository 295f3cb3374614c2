/// The mailboxes that several profiles read whole.
enum LargeMailboxes {
    static func thousand(_ bench: Bench) -> MailboxNeed {
        need(1000, in: AccountNumbers.selecting, sizes: 2048...4096, bench)
    }

    static func hundredThousand(_ bench: Bench) -> MailboxNeed {
        need(100_000, in: AccountNumbers.hundredThousand, sizes: 2048...4096, bench)
    }

    /// Its letters are small: what is measured does not read them.
    static func million(_ bench: Bench) -> MailboxNeed {
        need(1_000_000, in: AccountNumbers.million, sizes: 1500...1600, bench)
    }

    private static func need(
        _ fullCount: Int, in account: Int, sizes: ClosedRange<Int>, _ bench: Bench
    ) -> MailboxNeed {
        let count = bench.settings.scaled(fullCount, least: 100)
        return MailboxNeed(
            account: bench.accounts[account], name: "large-\(count)",
            letters: Letters(sizes: sizes), count: count)
    }
}
