import MailModel

/// Keeps expunged messages readable until this session has been told: RFC 2180 §4.1.1.
///
/// Costs disk until the slowest view moves on; never shows a client a hole. Hurts whoever expunges to
/// withdraw a message: those who have it in view can read it a little longer. What was withdrawn all the
/// same (`hindsight revoke`, §5) is answered as in §4.1.3.
package struct ServeGhosts: ExpungedFetchStrategy {
    package init() {}

    package func judge(_ fetch: ExpungedFetch) -> ExpungedFetchVerdict {
        let lost = fetch.expunged.subtracting(fetch.retained)
        if lost.isEmpty { return .serveAll }
        let isAll = fetch.live.isEmpty && fetch.retained.isEmpty
        return isAll ? .refuse : .answerNIL(lost)
    }
}
