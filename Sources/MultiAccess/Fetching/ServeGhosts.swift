import MailModel

/// Keeps expunged messages readable until this session has been told: RFC 2180 §4.1.1.
///
/// Costs disk until the slowest view moves on; never shows a client a hole. Hurts whoever expunges to
/// withdraw a message: those who have it in view can read it a little longer. What was erased all the
/// same (`hindsight erase`) is left out with a tagged NO, as in §4.1.2.
package struct ServeGhosts: ExpungedFetchStrategy {
    package init() {}

    package var readsGhosts: Bool { true }

    package func judge(_ fetch: ExpungedFetch) -> ExpungedFetchVerdict {
        let lost = fetch.expunged.subtracting(fetch.retained)
        return lost.isEmpty ? .serveAll : .omit(lost, tagged: .no)
    }
}
