import MailModel

/// An account was closed to everybody. Its events and its mail stay until they are erased.
package struct AccountRemoved: Hashable, Sendable {
    package var account: AccountID

    package init(account: AccountID) {
        self.account = account
    }
}
