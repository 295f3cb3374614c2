import MailModel

/// One node of a compiled search.
///
/// Sets are resolved, texts prepared, moments absolute. `all` and `any` hold at least two conditions,
/// the cheapest first, none of which is `always` or `never` or of the same kind as the node.
indirect enum SearchCondition<Needle> {
    case always
    case never
    case all([SearchCondition])
    case any([SearchCondition])
    case not(SearchCondition)

    case flags(set: SystemFlags, unset: SystemFlags)
    case recent
    case uids(UIDSet)
    case sequenceNumbers(NumberSet)
    case larger(UInt64)
    case smaller(UInt64)
    case modSeq(atLeast: ModSeq)
    case internalDate(SearchKey.DateComparison, CalendarDate)
    case savedDate(SearchKey.DateComparison, CalendarDate)
    /// INTERNALDATE at or before this second.
    case notAfter(Int64)
    /// INTERNALDATE at or after this second.
    case notBefore(Int64)
    case emailID(EmailID)
    case keyword(Keyword)

    case sentDate(SearchKey.DateComparison, CalendarDate)

    /// nil: the field exists.
    case header(name: String, Needle?)
    case body(Needle)
    case text(Needle)
}

extension SearchCondition: Sendable where Needle: Sendable {}

extension SearchCondition {
    /// Roughly in units of reading a field of a row: what orders conditions.
    var cost: Int {
        switch self {
        case .always, .never: 0
        case .flags, .recent: 1
        case .uids, .sequenceNumbers, .larger, .smaller, .modSeq, .notAfter, .notBefore: 2
        case .internalDate, .savedDate, .emailID, .keyword: 4
        case .sentDate: 100
        case .header: 1000
        case .body: 10_000
        case .text: 11_000
        case .not(let condition): condition.cost
        case .all(let conditions), .any(let conditions): conditions.map(\.cost).max() ?? 0
        }
    }

    var needs: SearchNeeds {
        switch self {
        case .sentDate: .summaries
        case .header: .headers
        case .body, .text: .bodies
        case .not(let condition): condition.needs
        case .all(let conditions), .any(let conditions): conditions.map(\.needs).max() ?? .rows
        case .always, .never, .flags, .recent, .uids, .sequenceNumbers, .larger, .smaller, .modSeq,
            .internalDate, .savedDate, .notAfter, .notBefore, .emailID, .keyword:
            .rows
        }
    }

    /// The header condition, when there is one, and beside it nothing but conditions on system flags
    /// that must hold too.
    var headerBesideFlags: (name: String, needle: Needle?)? {
        switch self {
        case .header(let name, let needle): return (name, needle)
        case .all(let conditions):
            guard case .header(let name, let needle) = conditions.last,
                conditions.dropLast().allSatisfy({ if case .flags = $0 { true } else { false } })
            else { return nil }
            return (name, needle)
        default: return nil
        }
    }

    /// How many conditions it holds.
    var size: Int {
        switch self {
        case .not(let condition): condition.size
        case .all(let conditions), .any(let conditions): conditions.reduce(0) { $0 + $1.size }
        default: 1
        }
    }

    /// The conjunction, folded, flattened and ordered.
    static func conjunction(of conditions: [Self]) -> Self {
        var kept: [Self] = []
        for condition in conditions {
            switch condition {
            case .never: return .never
            case .always: break
            case .all(let inner): kept += inner
            default: kept.append(condition)
            }
        }
        return kept.count > 1 ? .all(cheapestFirst(kept)) : kept.first ?? .always
    }

    /// The disjunction, folded, flattened and ordered.
    static func disjunction(of conditions: [Self]) -> Self {
        var kept: [Self] = []
        for condition in conditions {
            switch condition {
            case .always: return .always
            case .never: break
            case .any(let inner): kept += inner
            default: kept.append(condition)
            }
        }
        return kept.count > 1 ? .any(cheapestFirst(kept)) : kept.first ?? .never
    }

    static func negation(of condition: Self) -> Self {
        switch condition {
        case .always: .never
        case .never: .always
        case .not(let inner): inner
        default: .not(condition)
        }
    }

    /// Stable, each cost computed once.
    private static func cheapestFirst(_ conditions: [Self]) -> [Self] {
        conditions.enumerated()
            .map { (cost: $1.cost, index: $0, condition: $1) }
            .sorted { ($0.cost, $0.index) < ($1.cost, $1.index) }
            .map(\.condition)
    }
}
