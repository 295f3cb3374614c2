/// The text of one part as SEARCH compares it, given in pieces: a large part is never in memory whole.
struct PartText {
    private let view: ByteView
    private let body: EncodedBody
    /// nil or empty: nobody said.
    private let charset: String?

    /// A body up to this size is decoded at once.
    private static let longestWhole = 256 << 10

    init(of part: Part, in view: ByteView, limits: MIMELimits) {
        self.view = view
        let encoding = part.kind == .unparsable ? .identity : TransferEncoding(part, in: view)
        body = EncodedBody(range: part.bodyRange, encoding: encoding ?? .identity)
        let charset = part.parameter("charset", in: view, limits: limits)
            .map { String(decoding: $0, as: UTF8.self) }
        // What says US-ASCII and is not is taken for what it looks like.
        self.charset = charset.flatMap { $0.isEmpty || Charset.isASCII($0) ? nil : $0 }
    }

    /// Calls `visit` with the folded text, one piece after another, until it returns false.
    ///
    /// - Returns: whether all was given.
    func forEachPiece(
        _ visit: (UnsafeRawBufferPointer) throws -> Bool
    ) rethrows -> Bool {
        guard body.range.count > PartText.longestWhole else {
            return try whole().withUnsafeBytes(visit)
        }
        let decode = charset.flatMap(Charset.decoder) ?? Charset.decoder(for: guess())
        /// Text behind the last place where it could be cut.
        var rest: [UInt8] = []
        let message = view.raw(view.range)
        let isDone = try body.forEachPiece(in: message) { piece in
            rest += decode?(piece, false) ?? [UInt8](piece)
            let cut = rest.withUnsafeBytes { CaseFolding.cut($0) }
            defer { rest.removeFirst(cut) }
            return try rest.withUnsafeBytes { text in
                try visitFolded(UnsafeRawBufferPointer(rebasing: text[..<cut]), visit)
            }
        }
        guard isDone else { return false }
        rest += decode?(UnsafeRawBufferPointer(start: nil, count: 0), true) ?? []
        return try rest.withUnsafeBytes { try visitFolded($0, visit) }
    }

    private func visitFolded(
        _ text: UnsafeRawBufferPointer, _ visit: (UnsafeRawBufferPointer) throws -> Bool
    ) rethrows -> Bool {
        try CaseFolding.fold(text).withUnsafeBytes(visit)
    }

    private func whole() -> [UInt8] {
        guard !body.isPlain else { return fold(view.raw(body.range)) }
        return body.decoded(in: view.raw(view.range)).withUnsafeBytes { fold($0) }
    }

    private func fold(_ raw: UnsafeRawBufferPointer) -> [UInt8] {
        let text = charset.flatMap { Charset.decode(raw, from: $0) } ?? Charset.guess(raw)
        return text.withUnsafeBytes { CaseFolding.fold($0) }
    }

    /// As `Charset.guess`, of a body that is gone through for it.
    private func guess() -> String {
        var rest: [UInt8] = []
        let isValid = body.forEachPiece(in: view.raw(view.range)) { piece in
            rest += piece
            let end = rest.withUnsafeBytes { UTF8Scalars.lastStart(ByteView($0)) }
            defer { rest.removeFirst(end) }
            return rest.withUnsafeBytes { UTF8Scalars.isValid(ByteView($0).view(0..<end)) }
        }
        let isWhole = isValid && rest.withUnsafeBytes { UTF8Scalars.isValid(ByteView($0)) }
        return isWhole ? "utf-8" : "windows-1252"
    }
}
