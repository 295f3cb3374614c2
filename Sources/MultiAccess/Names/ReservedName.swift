/// Keeps the name of a deleted mailbox until the last session has left it: RFC 2180 §3.2.
///
/// Costs nothing. Hurts whoever deletes a mailbox to make it anew at once, while another client of
/// theirs rests in it.
package struct ReservedName: GhostNameStrategy {
    package init() {}

    package func judge(_ wish: GhostNameWish) -> GhostNameVerdict {
        wish.viewers > 0 ? .reserved : .reusable
    }
}
