import MailModel

/// Answers for the messages that are left, and says NO for the others: RFC 2180 §4.1.2.
///
/// Costs nothing: no ghost is read. Hurts clients that take a NO to mean that nothing came, and users
/// whose message vanishes as they open it; a NOOP tells them why.
package struct FetchRemaining: ExpungedFetchStrategy {
    package init() {}

    package func judge(_ fetch: ExpungedFetch) -> ExpungedFetchVerdict {
        fetch.live.isEmpty ? .refuse : .omit(fetch.expunged)
    }
}
