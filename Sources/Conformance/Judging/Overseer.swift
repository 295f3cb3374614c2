/// Looks through a whole dialogue for rules that were broken.
package enum Overseer {
    /// Lines before the one that breaks a rule that are shown with it.
    private static let linesBefore = 6

    package static func violations(in dialogue: Dialogue) -> [Violation] {
        var watches: [Int: SessionWatch] = [:]
        var letters = LetterWatch()
        var found: [Violation] = []
        for (index, line) in dialogue.lines.enumerated() {
            var broken = watches[line.session, default: SessionWatch()].take(line.event)
            broken += letters.take(line)
            guard !broken.isEmpty else { continue }
            let shown = evidence(in: dialogue, upTo: index)
            found += broken.map { $0.with(evidence: shown) }
        }
        return found
    }

    /// The last lines of that session up to there.
    private static func evidence(in dialogue: Dialogue, upTo index: Int) -> [String] {
        let session = dialogue.lines[index].session
        return dialogue.lines[...index].filter { $0.session == session }.suffix(linesBefore + 1)
            .map(\.text)
    }
}

/// Whether a UID stands for one letter only, whoever looks (RFC 3501 §2.3.1.1).
///
/// A message without a word in it is none that was invented: RFC 2180 §4.1.3.
struct LetterWatch {
    private struct Key: Hashable {
        let mailbox: String
        let validity: String
        let uid: UInt32
    }

    private struct Session {
        var mailbox = ""
        var validity = ""
        var tag = ""
    }

    private var sessions: [Int: Session] = [:]
    private var letters: [Key: Int] = [:]

    mutating func take(_ line: Dialogue.Line) -> [Violation] {
        switch line.event {
        case .sent(let tag, let command):
            let words = command.split(separator: " ", maxSplits: 1)
            if let verb = words.first, verb == "SELECT" || verb == "EXAMINE", words.count == 2 {
                sessions[line.session] = Session(mailbox: String(words[1]), tag: tag)
            }
        case .received(let response):
            if response.codeName == "UIDVALIDITY", response.code.count > 1 {
                sessions[line.session]?.validity = response.code[1].text ?? ""
            }
            return judge(response, in: line.session)
        case .sentMore, .silence, .ended, .connected: break
        }
        return []
    }

    private mutating func judge(_ response: Response, in session: Int) -> [Violation] {
        let items = response.fetchItems
        let text = items.filter { LetterWatch.holdsText($0.key) }.map(\.value.allText).joined()
        guard !text.allSatisfy(\.isWhitespace) else { return [] }
        guard let letter = Letter.number(in: text) else {
            return [
                Violation(
                    .changedMessage,
                    "Message \(response.number ?? 0) came with a text that nobody put there")
            ]
        }
        guard let uid = response.fetchedUID, let place = sessions[session] else { return [] }
        let key = Key(mailbox: place.mailbox, validity: place.validity, uid: uid)
        let known = letters[key]
        letters[key] = letter
        guard let known, known != letter else { return [] }
        return [
            Violation(.reusedUID, "UID \(uid) was letter \(known), and is letter \(letter) now")
        ]
    }

    private static func holdsText(_ item: String) -> Bool {
        item == "ENVELOPE" || item == "RFC822" || item == "BODY[]"
            || item.hasPrefix("BODY[HEADER") || item == "RFC822.HEADER"
    }
}
