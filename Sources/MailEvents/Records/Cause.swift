/// Which command or tool brought the event about: `UID STORE`, `import`.
package struct Cause: Hashable, Sendable {
    package var command: String

    package init(command: String) { self.command = command }
}
