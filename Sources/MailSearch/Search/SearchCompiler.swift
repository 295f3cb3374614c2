import MailModel

/// Turns a search key into a condition: sets resolved, texts prepared, moments made absolute.
struct SearchCompiler<Needle> {
    let context: SearchContext
    /// Prepares a text; nil when its charset is unknown or the bytes are not in it.
    let prepare: ([UInt8]) -> Needle?
    /// Whether MODSEQ was named anywhere, even where it cannot matter: RFC 7162 §3.1.5.
    private(set) var usesModSeq = false

    init(context: SearchContext, prepare: @escaping ([UInt8]) -> Needle?) {
        self.context = context
        self.prepare = prepare
    }

    mutating func condition(
        for key: SearchKey, depth: Int = 0
    ) throws(SearchDefect) -> SearchCondition<Needle> {
        guard depth < SearchProgramLimits.depth else { throw .tooDeep }
        switch key {
        case .all, .saveDateSupported: return .always
        case .and(let keys): return .conjunction(of: try conditions(for: keys, depth: depth + 1))
        case .or(let left, let right):
            return .disjunction(of: try conditions(for: [left, right], depth: depth + 1))
        case .not(let key): return .negation(of: try condition(for: key, depth: depth + 1))

        case .sequence(let set): return sequenceNumbers(set)
        case .uid(let set): return uids(set)
        case .emailID(let text): return emailID(text)
        // No threads are kept: THREADID is NIL for every message (RFC 8474 §5.2).
        case .threadID: return .never

        case .flags(let set, let unset): return flags(set: set, unset: unset)
        case .keyword(let keyword): return .keyword(keyword)
        case .unkeyword(let keyword): return .not(.keyword(keyword))
        case .recent: return .recent

        case .header(let name, let text): return try header(name, text)
        case .body(let text): return text.isEmpty ? .always : .body(try needle(text))
        case .text(let text): return text.isEmpty ? .always : .text(try needle(text))

        case .larger(let bytes): return .larger(bytes)
        case .smaller(let bytes): return .smaller(bytes)
        case .internalDate(let comparison, let day): return .internalDate(comparison, day)
        case .sentDate(let comparison, let day): return .sentDate(comparison, day)
        case .savedDate(let comparison, let day): return .savedDate(comparison, day)
        case .older(let seconds): return .notAfter(moment(before: seconds))
        case .younger(let seconds): return .notBefore(moment(before: seconds))
        case .modSeq(let least):
            usesModSeq = true
            return .modSeq(atLeast: least)
        }
    }

    private mutating func conditions(
        for keys: [SearchKey], depth: Int
    ) throws(SearchDefect) -> [SearchCondition<Needle>] {
        var result: [SearchCondition<Needle>] = []
        result.reserveCapacity(keys.count)
        for key in keys { result.append(try condition(for: key, depth: depth)) }
        return result
    }

    private func sequenceNumbers(_ set: SequenceSet) -> SearchCondition<Needle> {
        switch set {
        case .ranges(let ranges):
            let numbers = ranges.resolved(largest: context.largestSequenceNumber)
            return numbers.isEmpty ? .never : .sequenceNumbers(numbers)
        case .savedResult: return saved
        }
    }

    private func uids(_ set: SequenceSet) -> SearchCondition<Needle> {
        switch set {
        case .ranges(let ranges):
            let numbers = ranges.resolved(largest: context.largestUID)
            return numbers.isEmpty ? .never : .uids(numbers)
        case .savedResult: return saved
        }
    }

    private var saved: SearchCondition<Needle> {
        context.savedResult.isEmpty ? .never : .uids(context.savedResult)
    }

    private func flags(set: SystemFlags, unset: SystemFlags) -> SearchCondition<Needle> {
        if !set.isDisjoint(with: unset) { return .never }
        return set.isEmpty && unset.isEmpty ? .always : .flags(set: set, unset: unset)
    }

    /// An empty text asks only whether there is such a field: RFC 9051 §6.4.4.
    private func header(
        _ name: String, _ text: [UInt8]
    ) throws(SearchDefect) -> SearchCondition<Needle> {
        .header(name: name, text.isEmpty ? nil : try needle(text))
    }

    private func needle(_ text: [UInt8]) throws(SearchDefect) -> Needle {
        guard let needle = prepare(text) else { throw .badCharset }
        return needle
    }

    /// Seconds since the epoch, `interval` before now: RFC 5032 §3.
    private func moment(before interval: UInt32) -> Int64 {
        let (moment, overflow) = context.nowSeconds.subtractingReportingOverflow(Int64(interval))
        return overflow ? .min : moment
    }

    /// Only the form that `EmailID` itself writes names a message.
    private func emailID(_ text: String) -> SearchCondition<Needle> {
        let parts = text.utf8.dropFirst().split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, let position = String(parts[0]).flatMap({ UInt64($0) }),
            let index = String(parts[1]).flatMap({ UInt32($0) })
        else { return .never }
        let id = EmailID(position: LogPosition(position), index: index)
        return id.description == text ? .emailID(id) : .never
    }
}
