/// Who did it: as much as is known of the person, the session and the program.
///
/// Any part may be empty where it does not apply; none of it is ever a secret.
package struct Actor: Hashable, Sendable {
    /// The account's name that logged in, or the name of the system's user for a tool.
    package var user: String
    /// The session's id, unique within the store's life.
    package var session: String
    /// The remote address with its port, `192.0.2.7:50123`.
    package var address: String
    /// `imap`, `cli` …
    package var protocolName: String
    /// The program's name and version as it gave them: RFC 2971.
    package var clientID: String
    /// The tag of the IMAP command.
    package var tag: String

    package init(
        user: String = "", session: String = "", address: String = "", protocolName: String = "",
        clientID: String = "", tag: String = ""
    ) {
        self.user = user
        self.session = session
        self.address = address
        self.protocolName = protocolName
        self.clientID = clientID
        self.tag = tag
    }
}
