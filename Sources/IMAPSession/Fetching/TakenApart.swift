import MIME
import MailModel
import MailboxStore

/// A message's structure and the values of the items that need it.
///
/// Made where a section of a part or a decoded part is asked for. The message is in memory while it is
/// taken apart, and never longer: values are ranges of it, except for decoded bytes.
package struct TakenApart: Sendable {
    package let email: EmailID
    package let structure: MessageStructure
    package let values: [ContentItem: ContentValue]

    /// A message up to this size is taken apart where the session runs; a larger one on a thread of
    /// its own.
    package static let longestOnLoop: UInt64 = 256 << 10

    /// - Parameter known: the message's structure, if it was made before.
    package init(
        _ email: EmailID, at location: BodyLocation, in bodies: BodyStore, for items: [ContentItem],
        known: MessageStructure? = nil
    ) throws(StoreError) {
        self.email = email
        if let known, !items.contains(where: \.needsBytes) {
            structure = known
            values = TakenApart.values(
                of: items, known, UnsafeRawBufferPointer(start: nil, count: 0))
            return
        }
        // Seen to be there, and whole, before memory is taken for it.
        try bodies.expectSound(location)
        (structure, values) = try bodies.withBytes(
            of: location, 0..<location.sizeBytes
        ) { bytes throws(StoreError) in
            let structure = known ?? MessageStructure(parsing: bytes)
            return (structure, TakenApart.values(of: items, structure, bytes))
        }
    }

    /// Each value as its partial names it: of a decoded part no more is kept than is to be sent.
    private static func values(
        of items: [ContentItem], _ structure: MessageStructure, _ bytes: UnsafeRawBufferPointer
    ) -> [ContentItem: ContentValue] {
        var values: [ContentItem: ContentValue] = [:]
        for item in items {
            values[item] = structure.value(of: item, in: bytes).slice(item.partial)
        }
        return values
    }
}

/// Takes a large message apart.
struct TakeApartJob: OffLoopJob {
    let email: EmailID
    let location: BodyLocation
    let bodies: BodyStore
    let items: [ContentItem]
    let known: MessageStructure?

    /// What is looked through: the message once, and what it holds again for each item that needs
    /// its bytes.
    var costBytes: UInt64 {
        let again = UInt64(items.count(where: \.needsBytes))
        if isCheap { return 0 }
        let (cost, overflow) = location.sizeBytes.multipliedReportingOverflow(by: again + 1)
        return overflow ? .max : cost
    }

    /// Whether it may be done where the session runs.
    var isQuick: Bool {
        isCheap
            || (location.sizeBytes <= TakenApart.longestOnLoop
                && costBytes <= 8 * TakenApart.longestOnLoop)
    }

    /// Whether it is done without reading the message.
    var isCheap: Bool { known != nil && !items.contains(where: \.needsBytes) }

    /// - Returns: `Result<TakenApart, StoreError>`.
    func perform(isCancelled: @Sendable () -> Bool) -> any Sendable {
        do throws(StoreError) {
            return Result<TakenApart, StoreError>.success(
                try TakenApart(email, at: location, in: bodies, for: items, known: known))
        } catch {
            return Result<TakenApart, StoreError>.failure(error)
        }
    }
}

/// The structure of the message taken apart last, for clients that fetch a part piece by piece:
/// `BODY[2]<0.65536>`, `BODY[2]<65536.65536>` …
package struct KnownStructure {
    let email: EmailID
    let structure: MessageStructure

    /// - Returns: nil for a structure that is too large to keep with every session.
    init?(_ taken: TakenApart) {
        guard taken.structure.parts.count <= 256 else { return nil }
        email = taken.email
        structure = taken.structure
    }
}

extension SelectedMailbox {
    func knownStructure(of email: EmailID) -> MessageStructure? {
        known?.email == email ? known?.structure : nil
    }
}
