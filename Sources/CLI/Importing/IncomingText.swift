import MailboxStore

/// A message on its way in, whose bare line feeds become CRLF; every other byte stays as it is.
struct IncomingText {
    private let intake: BodyIntake
    private var gathered: [UInt8] = []
    private var lastByte: UInt8 = 0

    private static let gatheredBytes = 64 << 10

    init(_ intake: BodyIntake) {
        self.intake = intake
        gathered.reserveCapacity(IncomingText.gatheredBytes + 1024)
    }

    /// Takes a line or a piece of one: a line feed can only be its last byte.
    mutating func append(_ piece: UnsafeRawBufferPointer) throws(StoreError) {
        guard let last = piece.last else { return }
        let before = piece.count > 1 ? piece[piece.count - 2] : lastByte
        if last == 0x0A, before != 0x0D {
            gathered.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece.dropLast()))
            gathered.append(0x0D)
            gathered.append(0x0A)
        } else {
            gathered.append(contentsOf: piece)
        }
        lastByte = last
        if gathered.count >= IncomingText.gatheredBytes { try pass() }
    }

    mutating func finish() throws(StoreError) -> IncomingBody {
        try pass()
        return try intake.finish()
    }

    private mutating func pass() throws(StoreError) {
        try intake.feed(gathered)
        gathered.removeAll(keepingCapacity: true)
    }
}
