import MailModel
import MailboxStore

/// Imports file after file, shows how far it is and names what cannot be read.
struct ImportRun {
    private let items: [ImportItem]
    private let store: MailboxStore
    private let importer: MailImporter
    private let progress: ImportProgress
    private(set) var problems = 0

    init(items: [ImportItem], reader store: MailboxStore, importer: MailImporter) {
        self.items = items
        self.store = store
        self.importer = importer
        progress = ImportProgress(
            importer: importer, wholeBytes: items.reduce(0) { $0 &+ $1.sizeBytes })
    }

    /// Makes the mailboxes that are missing; one that cannot be made is named when mail is for it.
    mutating func make(_ mailboxes: [MailboxName]) throws {
        for mailbox in mailboxes {
            do {
                try importer.prepare(mailbox)
            } catch let failure as Failure {
                complain("\(mailbox): \(failure)")
            }
        }
    }

    /// - Throws: what the store cannot do. What a file cannot do is a problem of that file.
    mutating func run() throws {
        let progress = progress
        defer { progress.clear() }
        let reader = ItemReader(store: store) { progress.advance($0) }
        for item in items {
            do {
                let importer = importer
                try reader.read(item) { message in try importer.add(message, to: item.mailbox) }
            } catch let failure as Failure {
                complain("\(Terminal.printable(item.path)): \(failure)")
            }
        }
        try importer.flush()
    }

    mutating func complain(_ problem: String) {
        progress.clear()
        problems += 1
        Terminal.complain(problem)
    }
}

/// The progress bar of an import.
private final class ImportProgress {
    private let importer: MailImporter
    private let wholeBytes: UInt64
    private var doneBytes: UInt64 = 0
    private var line = ProgressLine()

    init(importer: MailImporter, wholeBytes: UInt64) {
        self.importer = importer
        self.wholeBytes = wholeBytes
    }

    func advance(_ bytes: Int) {
        doneBytes &+= UInt64(max(0, bytes))
        let skipped = importer.skipped > 0 ? ", \(importer.skipped) skipped" : ""
        line.show(
            "\(ProgressLine.bar(doneBytes, of: wholeBytes))  "
                + "\(importer.imported) messages\(skipped)")
    }

    func clear() { line.clear() }
}
