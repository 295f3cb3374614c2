import ArgumentParser
import MailEvents
import MailboxStore

/// `hindsight version`.
struct Version: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which version this is.",
        discussion: """
            Beside the program's version: the version in which it writes events, and that of the \
            projections. A store whose events are older is read as it is; one whose projections \
            are older is rebuilt when a server opens it.
            """)

    static let text = "0.1"

    func perform() throws {
        print("hindsight \(Version.text)")
        print("events \(EventCoder.schemaVersion), projections \(StoreState.projectionVersion)")
    }
}
