import ArgumentParser
import Authentication
import Glibc
import MailModel
import MailboxStore

/// Which store a command is about.
struct StoreLocation: ParsableArguments {
    @Option(
        name: .customLong("store"),
        help: ArgumentHelp("The directory of the store.", valueName: "dir"))
    var directory = "./hindsight-data"

    /// Whether there is a store.
    var exists: Bool { access(directory + "/lmdb/data.mdb", F_OK) == 0 }

    /// Opens the store to look at it. Keeps nobody off it.
    ///
    /// - Parameter damaged: the exit status where LMDB's pages are so damaged that it cannot be read.
    func openForReading(damaged: ExitCode = .couldNot) throws -> MailboxStore {
        DamagedPages.tellFaults(exitingWith: damaged)
        return try open(.reader)
    }

    /// Opens the store to change it, beside a server or alone.
    func openForChanging() throws -> MailboxStore { try open(.tool) }

    func credentials() throws(CredentialError) -> CredentialStore {
        try CredentialStore(path: directory + "/users") { defect in
            Terminal.complain("the users file: \(defect)")
        }
    }

    private func open(_ role: StoreOptions.Role) throws -> MailboxStore {
        guard exists else {
            throw Failure(
                "\(directory) holds no store. Name another with --store, or make one with: "
                    + "hindsight account add NAME --store \(directory)")
        }
        return try MailboxStore.open(directory: directory, options: StoreOptions(role: role))
    }
}

extension MailboxStore {
    /// The account of this name.
    func account(_ name: String) throws -> AccountID {
        let found = try read { reader throws(StoreError) in try reader.account(named: name) }
        guard let found else {
            throw Failure.noAccount(name, in: directory)
        }
        return found
    }

    /// The live mailbox of this name.
    func mailbox(_ name: MailboxName, in account: AccountID) throws -> MailboxID {
        let found = try read { reader throws(StoreError) in
            try reader.mailbox(named: name, in: account)
        }
        guard let found else {
            throw Failure(
                "there is no mailbox \(Terminal.printable(name.string)); "
                    + "see: hindsight mailbox list")
        }
        return found
    }
}

extension Failure {
    static func noAccount(_ name: String, in directory: String) -> Failure {
        Failure(
            "there is no account \(Terminal.printable(name)) in \(directory); "
                + "see: hindsight account list --store \(directory)")
    }
}

extension MailboxName {
    /// The name that was given as an argument.
    static func argument(_ text: String) throws -> MailboxName {
        do throws(MailboxName.Defect) { return try MailboxName(text) } catch {
            throw ValidationError("\(Terminal.printable(text)) is no mailbox name: \(error)")
        }
    }
}
