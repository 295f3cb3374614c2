/// Finds expunged messages that the client has not been told of, with the flags they had last:
/// RFC 2180 §4.3, the other way.
///
/// Costs a look at the ghosts' rows. A client's picture stays whole until it is told. Hurts those who act
/// on what was found: it may be gone a moment later.
package struct IncludeGhosts: ExpungedSearchStrategy {
    package init() {}

    package func judge(_ search: ExpungedSearch) -> ExpungedSearchVerdict { .includeAll }
}
