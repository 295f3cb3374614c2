import MIME
import MailboxStore

/// Work on the bytes of one message, for one FETCH: a piece at a time, so that what is held does not
/// grow with the message or with what is asked of it.
protocol BodyJob: OffLoopJob {
    /// Whether it may be done where the session runs.
    var isQuick: Bool { get }
    /// Bytes that are looked through.
    var costBytes: UInt64 { get }

    func outcome(isCancelled: () -> Bool) -> BodyJobOutcome
}

extension BodyJob {
    /// - Returns: `BodyJobOutcome`.
    func perform(isCancelled: @Sendable () -> Bool) -> any Sendable {
        outcome(isCancelled: isCancelled)
    }
}

enum BodyJobOutcome: Sendable {
    case apart(TakenApart)
    case fields(SectionContent)
    /// The next decoded bytes, and where it goes on.
    case piece([UInt8], DecodedPieces)
    case failed(StoreError)
    /// The connection is gone.
    case cancelled
}

/// Chooses fields of a header that is too long to be looked through where the session runs.
struct HeaderFieldsJob: BodyJob {
    let location: BodyLocation
    let bodies: BodyStore
    let header: Range<Int>
    let path: SectionPath

    var isQuick: Bool { false }
    var costBytes: UInt64 { UInt64(clamping: header.count) }

    func outcome(isCancelled: () -> Bool) -> BodyJobOutcome {
        let range = UInt64(clamping: header.lowerBound)..<UInt64(clamping: header.upperBound)
        do throws(StoreError) {
            return try bodies.withBytes(of: location, range) { bytes throws(StoreError) in
                let fields = path.fields(ofHeader: bytes) ?? SectionContent(ranges: [])
                return .fields(fields.moved(by: header.lowerBound))
            }
        } catch {
            return .failed(error)
        }
    }
}

/// Decodes the next piece of a part.
struct DecodeJob: BodyJob {
    let pieces: DecodedPieces
    let location: BodyLocation
    let bodies: BodyStore

    var isQuick: Bool { pieces.isShort }
    var costBytes: UInt64 { UInt64(clamping: pieces.nextBytes) }

    func outcome(isCancelled: () -> Bool) -> BodyJobOutcome {
        var pieces = pieces
        do throws(StoreError) {
            let bytes = try pieces.next(of: location, in: bodies, isCancelled: isCancelled)
            return bytes.isEmpty ? .cancelled : .piece(bytes, pieces)
        } catch {
            return .failed(error)
        }
    }
}
