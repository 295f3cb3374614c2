import ArgumentParser
import Authentication

/// `hindsight account password`.
struct AccountPassword: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Set an account's password.",
        discussion: """
            Asked for twice at a terminal; otherwise the first line of stdin. It holds from the next \
            login on: sessions that are open stay open.
            """)

    @Argument(help: "The account's name.")
    var name: String

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let name = try AccountName.argument(name)
        let credentials = try location.credentials()
        guard try credentials.names().contains(name) else {
            throw Failure(
                "\(name) has no login in \(location.directory)/users; "
                    + "to give it one: hindsight account add \(name)")
        }
        try credentials.setPassword(try PasswordPrompt.newPassword(of: name), of: name)
        print("account \(name) has the new password")
    }
}
