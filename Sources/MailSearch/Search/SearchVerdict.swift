/// What a part of a message, its flags or its row, says about a search.
@usableFromInline
package enum SearchVerdict: Hashable, Sendable {
    case matches
    case fails
    /// It does not suffice.
    case undecided

    init(_ holds: Bool) { self = holds ? .matches : .fails }

    /// The same part's verdict on the opposite.
    var opposite: SearchVerdict {
        switch self {
        case .matches: .fails
        case .fails: .matches
        case .undecided: .undecided
        }
    }
}
