import MailModel
import MailboxStore

/// Takes an mbox apart: RFC 4155, with the quoting of mboxrd.
///
/// A message begins with a From_ line (`From `, a sender, a date with a year) at the start of the
/// file or behind an empty line, which belongs to the separator. `>From ` loses one `>`. Where the
/// first From_ line has no date, later ones need none.
///
/// `Status`, `X-Status` and `X-Keywords` give the flags. They stay in the message, except where they
/// stand directly behind the From_ line: there `hindsight export` puts them, as part of the mbox.
struct MboxReader {
    let lines: LineReader
    let makeIntake: () -> BodyIntake

    /// One message, as the mbox tells of it.
    struct Message {
        let body: IncomingBody
        let flags: FlagSet
        /// nil when the From_ line's date makes no sense.
        let date: InternalDate?
    }

    /// - Throws: `Failure` when it is no mbox, what reading throws, and what `visit` throws.
    func run(_ visit: (Message) throws -> Void) throws {
        var current: Draft?
        // A start counts as an empty line. Holds the line back: it may be a separator.
        var held: [UInt8]? = []
        var allowsBare = true
        while true {
            let isMore: Bool? = try lines.next { piece in
                if held != nil, piece.beginsLine,
                    let from = FromLine(piece.bytes, allowingBare: allowsBare)
                {
                    if var message = current { try visit(try message.finish()) }
                    if current == nil { allowsBare = from.isBare }
                    current = Draft(date: from.date, text: IncomingText(makeIntake()))
                    held = nil
                    return true
                }
                if let line = held, current != nil {
                    try line.withUnsafeBytes { try current?.append($0, isLine: true) }
                }
                held = piece.isEmptyLine ? Array(piece.bytes) : nil
                guard held == nil else { return true }
                guard current != nil else {
                    throw Failure("it is no mbox: it does not begin with a From_ line")
                }
                let bytes = piece.beginsLine ? MboxReader.unquoted(piece.bytes) : piece.bytes
                try current?.append(bytes, isLine: piece.beginsLine)
                return true
            }
            if isMore == nil { break }
        }
        if var message = current { try visit(try message.finish()) }
    }

    /// The message that is being read.
    private struct Draft {
        let date: InternalDate?
        var text: IncomingText
        var header = StatusHeader()

        mutating func append(_ bytes: UnsafeRawBufferPointer, isLine: Bool) throws {
            if isLine, header.takes(bytes) { return }
            try text.append(bytes)
        }

        mutating func finish() throws -> Message {
            Message(body: try text.finish(), flags: header.flags, date: date)
        }
    }

    private static let from = Array("From ".utf8)

    /// `>From `, `>>From ` … without the first `>`.
    private static func unquoted(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard line.first == UInt8(ascii: ">"),
            line.drop(while: { $0 == UInt8(ascii: ">") }).starts(with: from)
        else { return line }
        return UnsafeRawBufferPointer(rebasing: line.dropFirst())
    }
}
