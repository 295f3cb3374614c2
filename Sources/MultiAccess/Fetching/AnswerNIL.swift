import MailModel

/// Answers for expunged messages as if they were empty, with OK: RFC 2180 §4.1.3.
///
/// Costs nothing: no ghost is read, and what was expunged can be read by nobody from that moment. Hurts
/// clients that cannot tell an empty message from one that is gone: some show it, some cache it. Where
/// nothing else was asked for, only a tagged NO is said.
package struct AnswerNIL: ExpungedFetchStrategy {
    package init() {}

    package func judge(_ fetch: ExpungedFetch) -> ExpungedFetchVerdict {
        fetch.live.isEmpty ? .refuse : .answerNIL(fetch.expunged)
    }
}
