/// The name under which a person logs in: 1...255 bytes of UTF-8.
///
/// Without control characters, `:` (it ends the name in the users file) and `/` (it separates the
/// levels of mailbox names), without a blank at either end, and not beginning with `#` (a comment in
/// the users file). Case counts. Two names are the same when they are canonically equivalent in
/// Unicode, so an `é` means the same account whichever way a keyboard composes it.
package struct AccountName: Hashable, Sendable {
    package let string: String

    package static let maximumBytes = 255

    package enum Defect: Error, Hashable, Sendable {
        case empty, tooLong, controlCharacter, colon, slash, blankAtEnd, numberSign
    }

    package init(_ string: String) throws(Defect) {
        guard !string.isEmpty else { throw .empty }
        guard string.utf8.count <= AccountName.maximumBytes else { throw .tooLong }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": throw .controlCharacter
            case ":": throw .colon
            case "/": throw .slash
            default: break
            }
        }
        guard string.utf8.first != UInt8(ascii: " "), string.utf8.last != UInt8(ascii: " ") else {
            throw .blankAtEnd
        }
        guard string.utf8.first != UInt8(ascii: "#") else { throw .numberSign }
        self.string = string
    }
}

extension AccountName: CustomStringConvertible {
    package var description: String { string }
}

extension AccountName.Defect: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "the name is empty"
        case .tooLong: "the name is longer than \(AccountName.maximumBytes) bytes"
        case .controlCharacter: "the name holds a control character"
        case .colon: "the name holds a colon"
        case .slash: "the name holds a slash"
        case .blankAtEnd: "the name begins or ends with a blank"
        case .numberSign: "the name begins with #"
        }
    }
}
