import MIME
import MailModel
import MailboxStore

/// Where the bytes of one message are, and what is known of them: the values of items are found in it
/// one at a time, so that no more is held than the one that is being sent.
struct MessageContents {
    let email: EmailID
    let location: BodyLocation
    let headerBytes: UInt64
    /// The fields that the summary keeps, in their stored form: nil when none of them is wanted.
    private let kept: [UInt8]?
    /// nil while no item needs it.
    let taken: TakenApart?

    /// What is longer, read as often as it has to be, is read off the event loop.
    private static let longestHeader = 256 << 10

    /// - Parameter keepsFields: whether any of the items is answered by the fields that are kept.
    init(
        _ email: EmailID, _ location: BodyLocation, _ summary: StoredSummary, _ taken: TakenApart?,
        keepsFields: Bool
    ) {
        self.email = email
        self.location = location
        self.taken = taken
        headerBytes = min(UInt64(summary.headerSize), location.sizeBytes)
        kept = keepsFields ? summary.keptFieldBytes.map { [UInt8]($0) } : nil
    }

    enum Finding {
        case value(ContentValue)
        /// Its answer is the value, or the values it needs.
        case needs(any BodyJob)
    }

    /// The header that was read last: the next item may want other fields of it.
    struct HeaderAtHand {
        let range: Range<Int>
        let bytes: BodyBytes
    }

    /// What an item holds, as its partial names it.
    ///
    /// - Throws: when the message's bytes cannot be read.
    func find(
        _ item: ContentItem, _ header: inout HeaderAtHand?, in bodies: BodyStore
    ) throws(StoreError) -> Finding {
        switch item.source {
        case .whole, .header, .text: return .value(place(of: item).slice(item.partial))
        case .headerFields(let path, let wanted):
            if let wanted, let fields = keptFields(wanted) {
                return .value(.made(fields).slice(item.partial))
            }
            return try fields(path, of: 0..<Int(clamping: headerBytes), item, &header, in: bodies)
        case .section(let path):
            guard let structure = taken?.structure else { return .value(.nothing) }
            guard path.choosesFields else {
                let noBytes = UnsafeRawBufferPointer(start: nil, count: 0)
                let content = structure.section(path, in: noBytes).map { ContentValue.bytes($0) }
                return .value((content ?? .nothing).slice(item.partial))
            }
            guard let range = structure.headerRange(path) else { return .value(.nothing) }
            return try fields(path, of: range, item, &header, in: bodies)
        case .decoded(let part): return .value(decoded(part, item).slice(item.partial))
        }
    }

    /// Bytes that are looked through to find it.
    func cost(of item: ContentItem) -> UInt64 {
        switch item.source {
        case .whole, .header, .text: 0
        case .headerFields(_, let wanted): wanted != nil && kept != nil ? 256 : headerBytes
        case .section(let path):
            // Parts are counted one by one.
            UInt64(clamping: taken?.structure.parts.count ?? 0)
                + (path.choosesFields
                    ? UInt64(clamping: taken?.structure.headerRange(path)?.count ?? 0) : 0)
        case .decoded: 0
        }
    }

    private func place(of item: ContentItem) -> ContentValue {
        let size = Int(clamping: location.sizeBytes)
        let header = Int(clamping: headerBytes)
        switch item.source {
        case .whole:
            if case .binarySize = item.name { return .size(location.sizeBytes) }
            return .range(0..<size)
        case .header: return .range(0..<header)
        case .text: return .range(header..<size)
        case .headerFields, .section, .decoded: return .nothing
        }
    }

    private func keptFields(_ wanted: KeptFieldSet) -> [UInt8]? {
        kept?.withUnsafeBytes { KeptFields($0)?.section(wanted) }
    }

    private func fields(
        _ path: SectionPath, of range: Range<Int>, _ item: ContentItem,
        _ header: inout HeaderAtHand?, in bodies: BodyStore
    ) throws(StoreError) -> Finding {
        guard range.count <= MessageContents.longestHeader else {
            return .needs(
                HeaderFieldsJob(location: location, bodies: bodies, header: range, path: path))
        }
        if header?.range != range {
            let place = UInt64(clamping: range.lowerBound)..<UInt64(clamping: range.upperBound)
            header = HeaderAtHand(range: range, bytes: try bodies.body(at: location, place))
        }
        let bytes = header?.bytes.withUnsafeBytes { bytes in
            path.fields(ofHeader: bytes)?.bytes(in: bytes)
        }
        let value = bytes.map { ContentValue.made($0) } ?? .nothing
        return .value(value.slice(item.partial))
    }

    private func decoded(_ part: [UInt32], _ item: ContentItem) -> ContentValue {
        switch taken?.parts[part] {
        case .known(let decoded):
            if case .binarySize = item.name { return .size(decoded.sizeBytes) }
            return decoded.whole
        case .unknownEncoding: return .unknownEncoding
        case .nothing, nil: return .nothing
        }
    }
}

extension SectionPath {
    /// Whether it names fields, which are looked for in the header's bytes.
    var choosesFields: Bool {
        switch kind {
        case .headerFields, .headerFieldsNot: true
        case .whole, .header, .text, .mime: false
        }
    }
}
