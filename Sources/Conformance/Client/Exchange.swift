/// One command and all that came in answer to it.
package struct Exchange: Sendable {
    package enum Ending: Sendable, Equatable {
        case tagged(Response.Status)
        /// The server said BYE, or closed the connection.
        case disconnected
        /// No answer came in time.
        case silence
    }

    /// Without the tag.
    package let command: String
    /// Untagged, in their order.
    package let responses: [Response]
    package let ending: Ending
    /// The response code of the tagged response: its words.
    package let code: [Value]

    package init(command: String, responses: [Response], ending: Ending, code: [Value] = []) {
        self.command = command
        self.responses = responses
        self.ending = ending
        self.code = code
    }

    package var isOK: Bool { ending == .tagged(.ok) }
    package var isNO: Bool { ending == .tagged(.no) }
    package var isDisconnected: Bool { ending == .disconnected }

    package var codeName: String? { code.first?.text?.uppercased() }

    /// How it ended, in words: `OK`, `NO [INUSE]`, `BYE`.
    package var endingText: String {
        switch ending {
        case .tagged(let status): status.rawValue + (codeName.map { " [\($0)]" } ?? "")
        case .disconnected: "BYE"
        case .silence: "no answer"
        }
    }

    package func responses(named name: String) -> [Response] {
        responses.filter { $0.name == name }
    }

    /// The numbers that EXPUNGE responses told, in their order.
    package var expunged: [Int] { responses(named: "EXPUNGE").compactMap(\.number) }

    /// The numbers that SEARCH responses named.
    package var found: [UInt32] { responses.flatMap(\.found) }

    /// FETCH responses by message number; of several for one message the items of all.
    package var fetched: [Int: [String: Value]] {
        var messages: [Int: [String: Value]] = [:]
        for response in responses(named: "FETCH") {
            guard let number = response.number else { continue }
            messages[number, default: [:]].merge(response.fetchItems) { _, new in new }
        }
        return messages
    }
}
