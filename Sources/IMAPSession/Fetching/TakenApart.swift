import MIME
import MailModel
import MailboxStore

/// A message's structure, and the measures of the parts that are to be decoded. It holds the bytes of
/// short parts alone.
package struct TakenApart: Sendable {
    package let email: EmailID
    package let structure: MessageStructure
    /// By the part's path.
    let parts: [[UInt32]: BinaryPart]

    enum BinaryPart: Sendable {
        case known(DecodedPart)
        case nothing
        case unknownEncoding

        var hasUnknownEncoding: Bool {
            if case .unknownEncoding = self { true } else { false }
        }
    }

    var hasUnknownEncodings: Bool { parts.values.contains(where: \.hasUnknownEncoding) }

    /// Whether a response has anything to tell of an item.
    func tells(_ item: ContentItem) -> Bool {
        guard case .decoded(let part) = item.source else { return true }
        return parts[part]?.hasUnknownEncoding != true
    }

    /// A message up to this size is taken apart where the session runs; a larger one on a thread of
    /// its own.
    package static let longestOnLoop: UInt64 = 256 << 10

    /// Encoded bytes of parts whose decoded ones are kept, all together.
    fileprivate static let mostKept = 64 << 10
}

/// Takes a message apart.
struct TakeApartJob: BodyJob {
    let email: EmailID
    let location: BodyLocation
    let bodies: BodyStore
    /// Those that are to be decoded.
    let parts: [[UInt32]]
    let known: KnownStructure?

    /// What is looked through: the message once, and once more what is decoded. Parts do not
    /// overlap, but for those that hold others, and they are not decoded.
    var costBytes: UInt64 {
        if isCheap { return 0 }
        let passes: UInt64 = (known == nil ? 1 : 0) + (parts.isEmpty ? 0 : 1)
        let (cost, overflow) = location.sizeBytes.multipliedReportingOverflow(by: passes)
        return overflow ? .max : cost
    }

    /// Whether it may be done where the session runs.
    var isQuick: Bool { isCheap || location.sizeBytes <= TakenApart.longestOnLoop }

    /// Whether it is done without reading the message.
    private var isCheap: Bool {
        guard let known else { return false }
        return parts.allSatisfy { known.parts[$0] != nil }
    }

    func outcome(isCancelled: () -> Bool) -> BodyJobOutcome {
        do throws(StoreError) {
            if let known, isCheap {
                return .apart(
                    TakenApart(email: email, structure: known.structure, parts: known.parts))
            }
            // Seen to be there, and whole.
            try bodies.expectSound(location)
            return try bodies.withBytes(
                of: location, 0..<location.sizeBytes
            ) { bytes throws(StoreError) in takeApart(bytes, isCancelled) }
        } catch {
            return .failed(error)
        }
    }

    private func takeApart(
        _ bytes: UnsafeRawBufferPointer, _ isCancelled: () -> Bool
    ) -> BodyJobOutcome {
        let structure = known?.structure ?? MessageStructure(parsing: bytes)
        var found = known?.parts ?? [:]
        var room = TakenApart.mostKept
        for part in parts where found[part] == nil {
            do throws(BinaryError) {
                let body = try structure.encodedBody(part, in: bytes)
                if body.range.count <= room {
                    room -= body.range.count
                    found[part] = .known(DecodedPart(body, bytes: body.decoded(in: bytes)))
                    continue
                }
                guard let measure = body.measure(in: bytes, isCancelled: isCancelled) else {
                    return .cancelled
                }
                found[part] = .known(DecodedPart(body, measure))
            } catch {
                found[part] = error == .unknownEncoding ? .unknownEncoding : .nothing
            }
        }
        return .apart(TakenApart(email: email, structure: structure, parts: found))
    }
}

/// What is known of the message taken apart last, for clients that fetch a part piece by piece:
/// `BODY[2]<0.65536>`, `BODY[2]<65536.65536>` …
struct KnownStructure: Sendable {
    let email: EmailID
    let structure: MessageStructure
    let parts: [[UInt32]: TakenApart.BinaryPart]

    /// What is kept with every session: not more than these.
    private static let mostParts = 256

    /// - Returns: nil for a structure that is too large to keep with every session.
    init?(_ taken: TakenApart) {
        guard taken.structure.parts.count <= KnownStructure.mostParts else { return nil }
        email = taken.email
        structure = taken.structure
        guard taken.parts.count <= KnownStructure.mostParts else {
            parts = [:]
            return
        }
        parts = taken.parts.mapValues { part in
            if case .known(let decoded) = part { .known(decoded.measured) } else { part }
        }
    }
}

extension SelectedMailbox {
    func knownStructure(of email: EmailID) -> KnownStructure? {
        known?.email == email ? known : nil
    }
}
