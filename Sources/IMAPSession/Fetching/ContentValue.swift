import IMAPCodec
import MIME
import MailModel

/// What a content item holds for one message.
package enum ContentValue: Hashable, Sendable {
    /// Ranges of the message and bytes behind them. `hasNUL`: only a literal8 may hold it.
    case bytes(SectionContent, hasNUL: Bool = false)
    /// BINARY.SIZE.
    case size(UInt64)
    /// There is no such part, or its bytes cannot be read: NIL, and 0 for BINARY.SIZE.
    case nothing
    /// A transfer encoding that nobody knows: RFC 3516 §4.3 wants no data, and NO [UNKNOWN-CTE].
    case unknownEncoding

    /// The piece of it that a partial names.
    func slice(_ partial: Partial?) -> ContentValue {
        guard let partial, case .bytes(let content, let hasNUL) = self else { return self }
        return .bytes(
            content.slice(offset: partial.offset, length: partial.count), hasNUL: hasNUL)
    }

    static func range(_ range: Range<Int>) -> ContentValue {
        .bytes(SectionContent(ranges: [range]))
    }

    /// Bytes that are no range of the message.
    static func made(_ bytes: [UInt8]) -> ContentValue {
        .bytes(SectionContent(ranges: [], suffix: bytes), hasNUL: bytes.contains(0))
    }
}

extension MessageStructure {
    /// What an item holds, whose source needs the structure.
    ///
    /// - Parameter bytes: the message's. May be empty when `item.needsBytes` is false.
    func value(of item: ContentItem, in bytes: UnsafeRawBufferPointer) -> ContentValue {
        switch item.source {
        case .section(let path), .headerFields(let path, _):
            return section(path, in: bytes).map { .bytes($0) } ?? .nothing
        case .decoded(let part):
            do throws(BinaryError) {
                if case .binarySize = item.name {
                    return .size(UInt64(clamping: try decodedSize(part, in: bytes)))
                }
                return .made(try decodedPart(part, in: bytes))
            } catch {
                return error == .unknownEncoding ? .unknownEncoding : .nothing
            }
        case .whole, .header, .text: return .nothing
        }
    }
}

extension ContentItem {
    /// Whether the value depends on bytes that the structure does not tell of.
    var needsBytes: Bool {
        switch source {
        case .decoded, .headerFields: true
        case .section(let path):
            switch path.kind {
            case .headerFields, .headerFieldsNot: true
            case .whole, .header, .text, .mime: false
            }
        case .whole, .header, .text: false
        }
    }
}
