/// What a `PolicyLayer` holds for. The greater yields to the lesser: a mailbox's answer comes first, then
/// its account's, then the store's, then the configuration file's.
package enum PolicyScope: Hashable, Sendable {
    /// The whole store, as its configuration file says.
    case configuration
    /// The whole store, as somebody set it.
    case store
    case account(AccountID)
    case mailbox(MailboxID)
}
