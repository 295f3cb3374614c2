import MailModel
import MailServer
import MailboxStore
import Testing

@Suite struct ConfigurationFileTests {
    private static func read(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(parsing: text, path: "h.yaml")
    }

    @Test func whatIsSaidHolds() throws {
        let file = try Self.read(
            """
            policy:               # RFC 2180
              fetch: nil
              preset: strict
            ghosts:
              hours: 2
              messages: 100
              mebibytes: 3
            sessions:
              idle-minutes: 45
            """)
        #expect(file.policy == PolicyLayer([.answerNIL]).over(PolicyPreset.strict.answers))
        var limits = GhostLimits()
        limits.ageSeconds = 7200
        limits.messages = 100
        limits.bytes = 3 << 20
        #expect(file.ghostLimits == limits)
        #expect(file.idleMinutes == 45)
    }

    @Test(arguments: ["", "# nothing\n", "policy:\n", "ghosts:\nsessions:\n"])
    func anEmptyFileSaysNothing(text: String) throws {
        let file = try Self.read(text)
        #expect(file.policy.isEmpty && file.ghostLimits == GhostLimits())
    }

    @Test(arguments: [
        ("policy:\n  fetsh: nil\n", "h.yaml:2: fetsh is not known"),
        ("policy:\n  fetch: never\n", "h.yaml:2: fetch is none of ghost, partial, nil"),
        ("policy:\n  preset: kind\n", "h.yaml:2: the preset is none of"),
        ("\nghost:\n  hours: 1\n", "h.yaml:3: ghost is not known"),
        ("ghosts:\n  hours: soon\n", "h.yaml:2: hours is a number from 1 to"),
        ("ghosts:\n  messages: 0\n", "h.yaml:2: messages is a number"),
        ("sessions:\n  idle-minutes: 29\n", "h.yaml:2: idle-minutes is a number from 30"),
        ("policy: strict\n", "h.yaml:1: policy is to be lines"),
        ("- a\n", "h.yaml:1: the file is to be lines"), ("policy: [\n", "h.yaml: "),
        ("policy:\n  fetch: nil\n  fetch: ghost\n", "h.yaml: "),
    ])
    func whatIsNotUnderstoodIsNamedWithItsLine(text: String, complaint: String) {
        let error = #expect(throws: ConfigurationFile.Defect.self) { try Self.read(text) }
        #expect(error?.description.hasPrefix(complaint) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("\n") == false)
    }
}
