import IMAPCodec
import MIME
import MailModel

/// What a FETCH asks for, sorted by what it costs to tell: made once a command.
///
/// Items of the row come first in the response, then those of the summary, then those of the body in
/// the client's order; RFC 9051 §7.5.2 leaves the order to the server.
package struct FetchPlan: Hashable, Sendable {
    package private(set) var row: RowItems = []
    package private(set) var summary: SummaryItems = []
    /// Without repetition.
    package private(set) var contents: [ContentItem] = []
    /// Whether messages get `\Seen` by being fetched: RFC 9051 §6.4.5.
    package let setsSeen: Bool
    /// Only messages changed after this are told: RFC 7162 §3.1.4.1.
    package let changedSince: ModSeq?

    /// From the message's row.
    package struct RowItems: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let uid = RowItems(rawValue: 1)
        package static let flags = RowItems(rawValue: 2)
        package static let internalDate = RowItems(rawValue: 4)
        package static let size = RowItems(rawValue: 8)
        package static let modSeq = RowItems(rawValue: 16)
        package static let emailID = RowItems(rawValue: 32)
        package static let threadID = RowItems(rawValue: 64)
        package static let saveDate = RowItems(rawValue: 128)
        /// Those that are seldom asked for and not part of `IMAPCodec.FetchRow`.
        static let rare: RowItems = [.emailID, .threadID, .saveDate]
    }

    /// From the summary that was made when the message came in.
    package struct SummaryItems: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let envelope = SummaryItems(rawValue: 1)
        package static let body = SummaryItems(rawValue: 2)
        package static let bodyStructure = SummaryItems(rawValue: 4)
    }

    package init(_ command: FetchCommand) {
        setsSeen = command.items.contains(where: \.setsSeen)
        changedSince = command.changedSince
        var known = Set<ContentItem>()
        for item in command.items { add(item, &known) }
        needsKeptFieldsOnly = !contents.isEmpty && contents.allSatisfy(\.isKept)
        decodedParts = FetchPlan.decodedParts(contents)
        // RFC 9051 §6.4.9.
        if command.kind == .uid { row.insert(.uid) }
        // RFC 7162 §3.1.4.1.
        if changedSince != nil { row.insert(.modSeq) }
    }

    private mutating func add(_ item: FetchItem, _ known: inout Set<ContentItem>) {
        switch item {
        case .uid: row.insert(.uid)
        case .flags: row.insert(.flags)
        case .internalDate: row.insert(.internalDate)
        case .rfc822Size: row.insert(.size)
        case .modSeq: row.insert(.modSeq)
        case .emailID: row.insert(.emailID)
        case .threadID: row.insert(.threadID)
        case .saveDate: row.insert(.saveDate)
        case .envelope: summary.insert(.envelope)
        case .body: summary.insert(.body)
        case .bodyStructure: summary.insert(.bodyStructure)
        case .rfc822, .rfc822Header, .rfc822Text, .bodySection, .binary, .binarySize:
            guard let content = ContentItem(item), known.insert(content).inserted else { return }
            contents.append(content)
            if content.isKept { keepsFields = true }
            if case .section = content.source { needsStructure = true }
            if case .decoded = content.source { needsStructure = true }
        }
    }

    private static func decodedParts(_ contents: [ContentItem]) -> [[UInt32]] {
        var known = Set<[UInt32]>()
        return contents.compactMap { item in
            guard case .decoded(let part) = item.source, known.insert(part).inserted else {
                return nil
            }
            return part
        }
    }

    /// Whether the row alone answers, in one piece of writing.
    package var needsRowOnly: Bool {
        summary.isEmpty && contents.isEmpty && row.isDisjoint(with: .rare)
    }

    /// Whether the header fields that summaries keep answer all that is asked of the contents.
    package private(set) var needsKeptFieldsOnly = false

    /// Whether any of the contents is answered by the fields that summaries keep.
    package private(set) var keepsFields = false

    /// Whether the message must be taken apart.
    package private(set) var needsStructure = false

    /// Parts whose transfer encoding is to be undone, without repetition.
    package private(set) var decodedParts: [[UInt32]] = []

    /// Whether it makes the client one that knows mod-sequences: RFC 7162 §3.1.
    package var enablesCondStore: Bool { row.contains(.modSeq) }
}
