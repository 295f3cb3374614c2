/// An account came to be. Its ID is the position of this event.
package struct AccountCreated: Hashable, Sendable {
    /// As it logs in: not empty, no control characters, at most 255 bytes.
    package var name: String

    package init(name: String) {
        self.name = name
    }

    /// The longest `name`, in bytes of UTF-8.
    package static let nameBytes = 255
}
