/// Gives the name of a deleted mailbox to a new one at once: RFC 2180 §3.2 ("recycling").
///
/// Costs nothing: the new mailbox has a MAILBOXID and a UIDVALIDITY of its own, and views know their
/// mailbox by its ID. Hurts clients that keep a cache by name alone and look at it while they have the
/// ghost open.
package struct ReusableName: GhostNameStrategy {
    package init() {}

    package func judge(_ wish: GhostNameWish) -> GhostNameVerdict { .reusable }
}
