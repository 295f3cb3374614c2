/// A day of ten people: twenty connections, each with a folder of 500 messages selected, which do
/// what mail programs do; one operation is one command.
///
/// Of a hundred commands that are not the consequence of another: 22 NOOP, 16 STATUS of a folder, 16
/// UID FETCH of the last 100 FLAGS, 12 FETCH of 50 ENVELOPEs, 15 UID FETCH of one body, 10 UID STORE
/// of \Seen, 3 APPEND to Sent, 2 APPEND to the selected folder, 2 UID SEARCH UNSEEN and 2 UID COPY to
/// Trash, each followed by UID STORE \Deleted and UID EXPUNGE. Mail is as much read as fetched in
/// lists, and changes are one in five. Each connection is alone in its folder, as programs with a
/// connection for each folder are, so that every answer can be foretold.
struct MixedDayProfile: Profile {
    let name = "mixed-day"
    let about = "what 10 people's mail programs do, 20 connections"

    static let folders = ["day-inbox", "day-lists"]
    static let sent = "day-sent"
    static let trash = "day-trash"

    private func count(_ bench: Bench) -> Int { bench.settings.scaled(500, least: 100) }

    func prepare(_ bench: Bench) throws {
        try bench.inAccounts(AccountNumbers.mixed) { dialogue in
            for folder in [MixedDayProfile.sent, MixedDayProfile.trash] {
                try dialogue.makeAnew(folder)
            }
            for folder in MixedDayProfile.folders {
                try dialogue.makeAnew(folder)
                try dialogue.fill(
                    FillClient(
                        mailbox: folder, letters: MixedDayClient.letters, numbers: 1...count(bench))
                )
            }
        }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let letters = NumberedLetters(size: 4096)
        var clients: [(place: Place, client: any Client)] = []
        for number in AccountNumbers.mixed {
            for folder in MixedDayProfile.folders {
                clients.append(
                    (
                        Place(account: bench.accounts[number], mailbox: folder),
                        MixedDayClient(
                            folder: folder, count: count(bench), newLetters: letters,
                            number: clients.count)
                    ))
            }
        }
        return try measureClosedLoop(bench, clients)
    }

    func tidy(_ bench: Bench) throws {
        try bench.inAccounts(AccountNumbers.mixed) { dialogue in
            for folder in MixedDayProfile.folders + [MixedDayProfile.sent, MixedDayProfile.trash] {
                try dialogue.execute("DELETE \(folder)")
            }
        }
    }
}
