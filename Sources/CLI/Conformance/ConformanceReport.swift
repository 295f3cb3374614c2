import Conformance
import MailModel

extension Report {
    /// For people.
    func text(showingDialogues: Bool) -> String {
        var parts = [Terminal.printable("\(address): \(greeting)")]
        if !identity.isEmpty { parts.append(Terminal.printable("ID: \(identity)")) }
        parts.append(table)
        parts.append(rules)
        parts += problems.map { Terminal.printable("Not played: \($0)") }
        if isInterrupted { parts.append("Interrupted: what is missing was not played.") }
        if !leftMailboxes.isEmpty {
            parts.append(
                Terminal.printable("Left behind: \(leftMailboxes.joined(separator: ", "))"))
        }
        if showingDialogues {
            parts += dialogues.map { dialogue in
                "--- \(dialogue.scenario)\n"
                    + dialogue.lines.map(Terminal.printable).joined(separator: "\n")
            }
        }
        return parts.joined(separator: "\n\n")
    }

    private var table: String {
        var table = Table(["QUESTION", "ANSWER", "RFC 2180", "REMARKS"], left: [0, 1, 2, 3])
        for finding in findings {
            let verdict = finding.verdict
            table.add([
                finding.question.rawValue, verdict.answer,
                verdict.strategy.map { "§\($0.section)" } ?? "-",
                verdict.notes.joined(separator: "; "),
            ])
        }
        return table.text
    }

    private var rules: String {
        guard !violations.isEmpty else { return "No rule broken." }
        let broken = distinctViolations.map { violation, count in
            let times = count > 1 ? " (\(count) times)" : ""
            let head = "\(violation.rule.rawValue), \(violation.rule.section)\(times)"
            let lines = violation.evidence.suffix(Report.shownLines).map { "    \($0)" }
            return ([head, "  \(violation.what)"] + lines).map(Terminal.printable)
                .joined(separator: "\n")
        }
        return (["Rules broken:"] + broken).joined(separator: "\n\n")
    }

    private static let shownLines = 12

    /// For programs.
    var json: JSON {
        .object([
            (
                "server",
                .object([
                    ("address", .string(address)), ("greeting", .string(greeting)),
                    ("identity", .string(identity)),
                ])
            ),
            ("findings", .array(findings.map(\.json))),
            ("violations", .array(distinctViolations.map { $0.violation.json(count: $0.count) })),
            ("problems", .array(problems.map { .string($0) })),
            ("leftMailboxes", .array(leftMailboxes.map { .string($0) })),
            ("interrupted", .bool(isInterrupted)),
        ])
    }
}

extension Finding {
    fileprivate var json: JSON {
        .object([
            ("question", .string(question.rawValue)),
            ("strategy", .optional(verdict.strategy?.name)),
            ("section", .optional(verdict.strategy?.section)),
            ("answer", .string(verdict.answer)),
            ("notes", .array(verdict.notes.map { .string($0) })),
            ("evidence", .array(evidence.map { .string($0) })),
        ])
    }
}

extension Violation {
    fileprivate func json(count: Int) -> JSON {
        .object([
            ("rule", .string(rule.rawValue)), ("section", .string(rule.section)),
            ("what", .string(what)), ("count", .integer(Int64(count))),
            ("evidence", .array(evidence.map { .string($0) })),
        ])
    }
}
