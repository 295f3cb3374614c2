import ArgumentParser

/// `mailload profiles`
struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "List the profiles, a line each.")

    @Flag(help: "Print an array of objects: name, about, default.")
    var json = false

    @Flag(help: "Names only.")
    var names = false

    func run() {
        if json { return print(JSONText.list(Profiles.all.map(ProfilesCommand.json)).encoded) }
        for profile in Profiles.all {
            let remark = profile.isOnlyRunWhenNamed ? " (only when named)" : ""
            print(names ? profile.name : padded(profile.name, 22) + profile.about + remark)
        }
    }

    private static func json(_ profile: any Profile) -> JSONText {
        .object([
            ("name", .text(profile.name)), ("about", .text(profile.about)),
            ("default", .number(profile.isOnlyRunWhenNamed ? 0 : 1)),
        ])
    }
}
