import Conformance
import Testing

@Suite("What a dialogue breaks")
struct OverseerTests {
    private static let opening = """
        C2: a1 SELECT box
        S2: * 3 EXISTS
        S2: * OK [UIDVALIDITY 7] ok
        S2: a1 OK done
        C2: a2 FETCH 1:* (UID)
        S2: * 1 FETCH (UID 11)
        S2: * 2 FETCH (UID 12)
        S2: * 3 FETCH (UID 13)
        S2: a2 OK done

        """

    /// Each lie alone, and its name.
    @Test(arguments: [
        ("S2: * 2 EXPUNGE", Rule.expungeWithoutCommand),
        ("C2: a3 FETCH 1 (FLAGS)\nS2: * 2 EXPUNGE\nS2: a3 OK done", .expungeDuringFetch),
        ("C2: a3 STORE 1 FLAGS ()\nS2: * 2 EXPUNGE\nS2: a3 OK done", .expungeDuringFetch),
        ("C2: a3 SEARCH ALL\nS2: * 2 EXPUNGE\nS2: a3 OK done", .expungeDuringFetch),
        ("C2: a3 NOOP\nS2: * 4 EXPUNGE\nS2: a3 OK done", .expungeOfNothing),
        ("C2: a3 NOOP\nS2: * 2 EXISTS\nS2: a3 OK done", .shrinkingCount),
        ("C2: a3 FETCH 2 (UID)\nS2: * 2 FETCH (UID 13)\nS2: a3 OK done", .shiftedNumber),
        ("C2: a3 FETCH 4 (UID)\nS2: * 4 FETCH (UID 14)\nS2: a3 OK done", .unknownNumber),
        ("S2: (closes)", .closedWithoutBYE),
        (
            "C2: a3 FETCH 1 BODY[]\nS2: * 1 FETCH (BODY[] \"deleted by another\")\nS2: a3 OK done",
            .changedMessage
        ),
    ])
    func aLieIsNamed(lie: String, rule: Rule) {
        let found = Overseer.violations(in: dialogue(OverseerTests.opening + lie))
        #expect(found.map(\.rule) == [rule])
        #expect(found.first?.evidence.isEmpty == false)
    }

    @Test(arguments: [
        "C2: a3 NOOP\nS2: * 2 EXPUNGE\nS2: * 2 EXISTS\nS2: a3 OK done",
        "C2: a3 UID FETCH 1:9 (FLAGS)\nS2: * 2 EXPUNGE\nS2: * 2 FETCH (UID 13)\nS2: a3 OK done",
        "C2: a3 COPY 1 other\nS2: * 1 EXPUNGE\nS2: a3 OK done",
        "C2: a3 IDLE\nS2: + go\nS2: * 3 EXPUNGE\nS2: a3 OK done",
        "S2: * BYE deleted\nS2: (closes)",
        "C2: a3 FETCH 1 BODY[]\nS2: * 1 FETCH (BODY[] \"\")\nS2: a3 OK done",
        "C2: a3 CLOSE\nS2: a3 OK done\nC2: a4 SELECT other\nS2: * 1 EXISTS\nS2: a4 OK done",
    ])
    func whatIsAllowedIsNotNamed(rest: String) {
        #expect(Overseer.violations(in: dialogue(OverseerTests.opening + rest)).isEmpty)
    }
}
