import IMAPCodec
import MailModel

/// How a command ends: the tagged line, and what is to be told before it.
package struct Completion: Hashable, Sendable {
    package let condition: ResponseCondition
    package let code: ResponseCode?
    package let text: String
    /// Messages whose flags are told although the view has no news of them: those of STORE.
    package var toldFlags = UIDSet()
    /// Messages of which only MODSEQ is told: RFC 7162 §3.1.3, `.SILENT`.
    package var toldModSeqs = UIDSet()
    /// Whether the connection ends with it.
    package var ends = false
    /// Ends the connection as well, with this BYE after the tagged line.
    package var endsWithBye: String?

    package init(_ condition: ResponseCondition, code: ResponseCode? = nil, _ text: String) {
        self.condition = condition
        self.code = code
        self.text = text
    }

    package static func ok(_ text: String, code: ResponseCode? = nil) -> Completion {
        Completion(.ok, code: code, text)
    }

    package static func no(_ text: String, code: ResponseCode? = nil) -> Completion {
        Completion(.no, code: code, text)
    }

    package static func bad(_ text: String, code: ResponseCode? = nil) -> Completion {
        Completion(.bad, code: code, text)
    }
}
