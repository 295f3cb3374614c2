/// Does not find what has been expunged: RFC 2180 §4.3.
///
/// Costs nothing. Hurts clients that expect a message they know of and do not ask (by NOOP) where it
/// went.
package struct OmitGhosts: ExpungedSearchStrategy {
    package init() {}

    package func judge(_ search: ExpungedSearch) -> ExpungedSearchVerdict {
        .omit(search.expunged)
    }
}
