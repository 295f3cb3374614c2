import ArgumentParser
import EventLog
import MailEvents
import MailModel
import MailboxStore

/// `hindsight rebuild`.
struct Rebuild: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the mailboxes anew from the log, or compare them with it.",
        discussion: """
            Everything in a store but the log and the message bytes can be derived from those two: \
            mailboxes, flags, counters, summaries. `rebuild` does so and puts the result in place of \
            what was there; a crash in the midst leaves the old. It needs the store to itself: stop \
            the server first.

            With --compare nothing is replaced: the derived rows are compared with those in use, \
            byte for byte, beside a running server too. The first differences are shown as table, \
            key, expected and found, in hexadecimal (`Schemas/storage.md`). Exit status: 0 not one \
            byte differs, 1 something does, 2 it could not be done.
            """)

    @Flag(help: "Replace nothing; say whether anything differs.")
    var compare = false

    @Option(help: "With --compare: show at most so many differences.")
    var limit = 10

    @OptionGroup var location: StoreLocation

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes 1 or more.") }
    }

    func perform() throws {
        // Replacing is done by LMDB transactions: a fault in the midst leaves the old.
        DamagedPages.tellFaults(exitingWith: .couldNot)
        let store =
            compare
            ? try location.openForReading(damaged: .answerIsNo) : try location.openForChanging()
        defer { store.close() }
        // Both fold into the same scratch folder.
        let lock = try FileLock(location.directory + "/rebuild.lock") {
            Terminal.note("waiting for another rebuild of this store to end")
        }
        defer { withExtendedLifetime(lock) {} }
        let head = try store.log.head().position
        var line = ProgressLine()
        let show: (LogPosition) -> Void = { position in
            line.show(ProgressLine.bar(position.rawValue, of: head.rawValue))
        }
        if compare {
            let comparison = try store.compareProjections(limit: limit, progress: show)
            line.clear()
            try report(comparison)
        } else {
            let position = try store.rebuildProjections(progress: show)
            line.clear()
            print("rebuilt from the log through position \(position)")
        }
    }

    private func report(_ comparison: ProjectionComparison) throws {
        for difference in comparison.differences {
            print("\(difference.table) \(difference.key.hexadecimal)")
            print("  expected \(Rebuild.text(difference.expected))")
            print("  found    \(Rebuild.text(difference.found))")
        }
        print("compared \(comparison.rowsCompared) rows as of position \(comparison.head)")
        guard comparison.differences.isEmpty else {
            print(
                "the projections are not what the log says: stop the server and run "
                    + "hindsight rebuild --store \(location.directory)")
            throw ExitCode.answerIsNo
        }
        print("not one byte differs")
    }

    private static func text(_ bytes: [UInt8]?) -> String { bytes?.hexadecimal ?? "no such row" }
}
