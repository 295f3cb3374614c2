import IMAPCodec
import NIOCore

extension Figure {
    /// Lines of a client that has logged in, out of one full buffer.
    static let parsing = Figure(
        name: "parse", about: "command lines a second out of a full buffer"
    ) { settings in
        let lines = [
            "a001 NOOP",
            "a001 LOGIN anna \"correct horse\"",
            "a001 UID FETCH 1:* (UID FLAGS)",
            "a001 UID FETCH 4711:4760 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Subject Date)])",
            "a001 UID STORE 4711 +FLAGS.SILENT (\\Seen $Forwarded)",
            "a001 SELECT \"Lists/Swift Forums\"",
            "a001 UID SEARCH RETURN (ALL) UNSEEN SINCE 1-Jan-2026 SUBJECT minutes",
            "a001 STATUS Archive (MESSAGES UNSEEN UIDNEXT HIGHESTMODSEQ)",
        ]
        let count = settings.scaled(100_000)
        return try lines.map { line in
            var full = ByteBuffer()
            for _ in 0..<count { full.writeString(line + "\r\n") }
            let label = line.count <= 46 ? line : line.prefix(45) + "…"
            return try settings.rate(
                "parse", label.filter { $0 != "\"" && $0 != "\\" }, unit: "lines/s", count: count
            ) {
                try parse(full, count: count)
            }
        }
    }

    private static func parse(_ full: ByteBuffer, count: Int) throws -> Cost {
        var buffer = full
        var decoder = CommandDecoder(limits: .afterLogin)
        var commands = 0
        let time = cost {
            while let event = decoder.next(from: &buffer) {
                if case .command = event { commands += 1 }
                keep(event)
            }
        }
        guard commands == count else { throw BenchmarkFailure("a line was not understood") }
        return time
    }
}
