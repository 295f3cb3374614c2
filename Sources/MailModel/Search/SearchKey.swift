/// One condition of SEARCH: RFC 9051 §6.4.4, with those of the extensions.
///
/// Texts are bytes in the charset that the command named; whoever evaluates the key converts them.
public indirect enum SearchKey: Hashable, Sendable {
    case all
    /// A conjunction: the parenthesised list, and the whole command.
    case and([SearchKey])
    case or(SearchKey, SearchKey)
    case not(SearchKey)

    case sequence(SequenceSet)
    case uid(SequenceSet)

    /// Flag conditions: all of `set` on, all of `unset` off.
    case flags(set: SystemFlags, unset: SystemFlags)
    case keyword(Keyword)
    case unkeyword(Keyword)
    /// RECENT; NEW is RECENT UNSEEN, OLD is NOT RECENT.
    case recent

    /// BCC, CC, FROM, SUBJECT, TO, HEADER: the field's name and a text that may be empty.
    case header(name: String, text: [UInt8])
    case body([UInt8])
    case text([UInt8])

    case larger(UInt64)
    case smaller(UInt64)

    /// BEFORE, ON, SINCE against INTERNALDATE.
    case internalDate(DateComparison, CalendarDate)
    /// SENTBEFORE, SENTON, SENTSINCE against the Date: header field.
    case sentDate(DateComparison, CalendarDate)
    /// SAVEDBEFORE, SAVEDON, SAVEDSINCE: RFC 8514 §4.3.
    case savedDate(DateComparison, CalendarDate)
    /// SAVEDATESUPPORTED: RFC 8514 §4.3.
    case saveDateSupported

    /// Seconds before now: RFC 5032.
    case older(UInt32)
    case younger(UInt32)

    /// MODSEQ [entry] value: RFC 7162 §3.1.5. The entry's name is checked and not used.
    case modSeq(ModSeq)

    /// EMAILID, THREADID: RFC 8474 §6.
    case emailID(String)
    case threadID(String)

    public enum DateComparison: Hashable, Sendable { case before, on, since }
}
