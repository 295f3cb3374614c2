import MailModel

/// Other answers to the questions of RFC 2180 hold from here on for a mailbox, an account or the store:
/// whichever the event is recorded of.
package struct PolicyChanged: Hashable, Sendable {
    /// Of the store: what its configuration file says, not what somebody set.
    package var isFromConfiguration: Bool
    /// All that was chosen there; not only what is new.
    package var layer: PolicyLayer

    package init(isFromConfiguration: Bool = false, layer: PolicyLayer) {
        self.isFromConfiguration = isFromConfiguration
        self.layer = layer
    }
}
