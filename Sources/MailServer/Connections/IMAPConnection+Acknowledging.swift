import Glibc
import IMAPCodec
import IMAPSession
import NIOCore

extension IMAPConnection {
    /// Acknowledges what has come of a command at once when there is no answer to carry the word.
    ///
    /// Linux waits 40 ms for one. A client whose own kernel holds small pieces back until the last is
    /// acknowledged (Nagle's algorithm: RFC 9293 §3.7.4) would wait as long: Python's imaplib sends a
    /// message and the line end behind it in two pieces. The kernel goes back to its habit by itself,
    /// so this is asked for each time.
    func acknowledgePart() {
        let isWithinCommand = !decoder.isBetweenCommands || input.readableBytes > 0
        guard phase == .open, isHungry, isWithinCommand else { return }
        // Refused only by a socket that has been closed meanwhile.
        try? context?.channel.syncOptions?.setOption(
            .tcpOption(.init(rawValue: TCP_QUICKACK)), value: 1)
    }
}
