import MIME
import MailModel
import MailboxStore

/// Where the bytes of one message are, and what its summary knows of them.
struct MessageContents {
    let email: EmailID
    let location: BodyLocation
    let headerBytes: UInt64

    /// What is longer, read as often as it has to be, is read off the event loop.
    private static let longestHeader: UInt64 = 256 << 10

    init(_ email: EmailID, _ location: BodyLocation, _ summary: StoredSummary) {
        self.email = email
        self.location = location
        headerBytes = min(UInt64(summary.headerSize), location.sizeBytes)
    }

    /// Of these items, those whose values only the message's structure gives.
    func structured(_ items: [ContentItem], _ summary: StoredSummary) -> [ContentItem] {
        let isLong = headerCost(items, summary) > MessageContents.longestHeader
        return items.filter { item in
            switch item.source {
            case .section, .decoded: true
            case .headerFields: isLong && readsHeader(item, summary)
            case .whole, .header, .text: false
            }
        }
    }

    /// Bytes of the header that are looked through, once for each item that needs them.
    func headerCost(_ items: [ContentItem], _ summary: StoredSummary) -> UInt64 {
        let (cost, overflow) = headerBytes.multipliedReportingOverflow(
            by: UInt64(items.count(where: { readsHeader($0, summary) })))
        return overflow ? .max : cost
    }

    private func readsHeader(_ item: ContentItem, _ summary: StoredSummary) -> Bool {
        guard case .headerFields(_, let kept) = item.source else { return false }
        return kept == nil || summary.keptFields == nil
    }

    /// What an item holds, as its partial names it.
    ///
    /// - Parameter taken: the values of what `structured` names.
    /// - Throws: when the message's bytes cannot be read.
    func value(
        of item: ContentItem, _ summary: StoredSummary, _ taken: TakenApart?, in bodies: BodyStore
    ) throws(StoreError) -> ContentValue {
        if let value = taken?.values[item] { return value }
        let size = Int(clamping: location.sizeBytes)
        let header = Int(clamping: headerBytes)
        switch item.source {
        case .whole:
            if case .binarySize = item.name { return .size(location.sizeBytes) }
            let content = SectionContent(ranges: [0..<size])
            // What is sent as it stands is not looked through.
            if case .binary = item.name {
                return ContentValue.bytes(content, hasNUL: true).slice(item.partial)
            }
            return ContentValue.bytes(content).slice(item.partial)
        case .header: return ContentValue.range(0..<header).slice(item.partial)
        case .text: return ContentValue.range(header..<size).slice(item.partial)
        case .headerFields(let path, let wanted):
            if let wanted, let kept = summary.keptFields {
                return ContentValue.made(kept.section(wanted)).slice(item.partial)
            }
            return try fields(path, in: bodies).slice(item.partial)
        case .section, .decoded: return .nothing
        }
    }

    /// The header alone is a message as well, one with an empty body.
    private func fields(
        _ path: SectionPath, in bodies: BodyStore
    ) throws(StoreError) -> ContentValue {
        try bodies.withBytes(of: location, 0..<headerBytes) { bytes throws(StoreError) in
            let header = MessageStructure(parsing: bytes)
            return header.section(path, in: bytes).map { .made($0.bytes(in: bytes)) } ?? .nothing
        }
    }
}
