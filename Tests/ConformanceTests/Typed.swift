import Conformance

/// A dialogue as typed: `C2: a1 FETCH 1 (UID)`, `S2: * 1 FETCH (UID 1)`, `S2: (closes)`.
func dialogue(_ text: String) -> Dialogue {
    var dialogue = Dialogue()
    for line in text.split(separator: "\n") {
        let session = Int(line.dropFirst().prefix(1)) ?? 0
        let words = String(line.dropFirst(4))
        if line.hasPrefix("C") {
            let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
            dialogue.add(session, .sent(tag: parts[0], command: parts.count > 1 ? parts[1] : ""))
        } else if words.hasPrefix("(") {
            dialogue.add(session, .ended)
        } else {
            dialogue.add(session, .received(Response(Array(words.utf8))))
        }
    }
    return dialogue
}

/// What a server answers to one command, the tagged response last.
func exchange(_ command: String, _ lines: String...) -> Exchange {
    let responses = lines.map { Response(Array($0.utf8)) }
    guard let last = responses.last, case .tagged(_, let status) = last.kind else {
        return Exchange(command: command, responses: responses, ending: .disconnected)
    }
    return Exchange(
        command: command, responses: Array(responses.dropLast()), ending: .tagged(status),
        code: last.code)
}
