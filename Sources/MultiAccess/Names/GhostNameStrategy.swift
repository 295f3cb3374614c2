/// Whether the name of a deleted mailbox that is still open may be given to another: RFC 2180 §3.2.
///
/// Asked by CREATE and RENAME, for the name itself and for names above it that would be made.
package protocol GhostNameStrategy: Sendable {
    func judge(_ wish: GhostNameWish) -> GhostNameVerdict
}

package struct GhostNameWish: Hashable, Sendable {
    /// Sessions that still have the deleted mailbox open; 0 when the last has left.
    package let viewers: Int

    package init(viewers: Int) { self.viewers = viewers }
}

package enum GhostNameVerdict: Hashable, Sendable {
    /// `NO [INUSE]`, try again later.
    case reserved
    /// The name may be used; the new mailbox has a UIDVALIDITY of its own.
    case reusable
}
