import IMAPCodec
import MIME
import MailModel

/// An item whose value is a piece of the message: how it is named in the response, and where its bytes
/// come from.
package struct ContentItem: Hashable, Sendable {
    package let name: Name
    package let source: Source
    package let partial: Partial?
    /// What stands before the value in every response, made once: only of items that summaries
    /// answer whole.
    package let readyName: [UInt8]?

    package enum Name: Hashable, Sendable {
        case section(Section)
        case rfc822
        case rfc822Header
        case rfc822Text
        case binary([UInt32])
        case binarySize([UInt32])
    }

    /// The cheapest way to the bytes.
    package enum Source: Hashable, Sendable {
        /// All of the message: no look into it is needed.
        case whole
        /// Through the empty line, whose place the summary knows.
        case header
        /// What follows the header.
        case text
        /// Some fields of the message's header. `kept`: the summary holds them, unless they were too
        /// long to keep.
        case headerFields(SectionPath, kept: KeptFieldSet?)
        /// A section of a part: the message must be taken apart.
        case section(SectionPath)
        /// A part with its transfer encoding undone.
        case decoded([UInt32])
    }

    /// - Returns: nil for an item that is no piece of the message.
    package init?(_ item: FetchItem) {
        switch item {
        case .rfc822: self.init(.rfc822, .whole)
        case .rfc822Header: self.init(.rfc822Header, .header)
        case .rfc822Text: self.init(.rfc822Text, .text)
        case .bodySection(let section, _, let partial):
            self.init(.section(section), Source(section), partial)
        case .binary(let part, _, let partial):
            self.init(.binary(part), part.isEmpty ? .whole : .decoded(part), partial)
        case .binarySize(let part):
            self.init(.binarySize(part), part.isEmpty ? .whole : .decoded(part))
        case .envelope, .flags, .internalDate, .rfc822Size, .body, .bodyStructure, .uid, .modSeq,
            .emailID, .threadID, .saveDate:
            return nil
        }
    }

    /// Whether summaries hold it, unless the fields were too long to keep.
    var isKept: Bool {
        if case .headerFields(_, kept: .some) = source { true } else { false }
    }

    private init(_ name: Name, _ source: Source, _ partial: Partial? = nil) {
        self.name = name
        self.source = source
        self.partial = partial
        guard partial == nil, case .headerFields(_, kept: .some) = source,
            case .section(let section) = name
        else {
            readyName = nil
            return
        }
        readyName = section.itemName
    }
}

extension ContentItem.Source {
    init(_ section: Section) {
        let path = SectionPath(section)
        guard section.part.isEmpty else {
            self = .section(path)
            return
        }
        switch section.kind {
        case .whole: self = .whole
        case .header: self = .header
        case .text: self = .text
        case .headerFields(let names):
            self = .headerFields(path, kept: KeptFieldSet(names))
        case .headerFieldsNot: self = .headerFields(path, kept: nil)
        case .mime: self = .section(path)
        }
    }
}

extension SectionPath {
    init(_ section: Section) {
        let kind: SectionPath.Kind =
            switch section.kind {
            case .whole: .whole
            case .header: .header
            case .headerFields(let names): .headerFields(names)
            case .headerFieldsNot(let names): .headerFieldsNot(names)
            case .text: .text
            case .mime: .mime
            }
        self.init(part: section.part, kind: kind)
    }
}
