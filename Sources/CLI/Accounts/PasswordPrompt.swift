import Authentication
import Glibc

/// Asks for a password at a terminal without showing it, or takes one line of stdin.
enum PasswordPrompt {
    /// A password to be set: typed twice at a terminal.
    static func newPassword(of name: AccountName) throws -> [UInt8] {
        let password: [UInt8]
        if isatty(STDIN_FILENO) == 1 {
            password = try readHidden("Password for \(name): ")
            guard try readHidden("Once more: ") == password else {
                throw Failure("the two passwords differ: nothing was changed")
            }
        } else {
            guard let line = try readLineOfInput() else {
                throw Failure("stdin ended before a password: give it as one line")
            }
            password = line
        }
        guard PasswordHash.isAcceptable(password) else {
            throw CredentialError.unacceptablePassword
        }
        return password
    }

    /// One line from the terminal, typed unseen. Ctrl-C gives the terminal back as it was.
    private static func readHidden(_ prompt: String) throws -> [UInt8] {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else {
            throw Failure.system("read the terminal's settings")
        }
        let interrupts = InterruptedReads()
        defer { interrupts.end() }
        var hidden = settings
        hidden.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else {
            throw Failure.system("hide what is typed")
        }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            Terminal.write("\n")
        }
        Terminal.write(prompt)
        guard let line = try readLineOfInput() else {
            throw Failure("no password was given: nothing was changed")
        }
        return line
    }

    /// Longer lines are no passwords.
    private static let longestLine = 4096

    /// Byte by byte: what follows the line is left to whoever reads next.
    private static func readLineOfInput() throws -> [UInt8]? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < longestLine {
            let count = read(STDIN_FILENO, &byte, 1)
            guard count >= 0 else { throw Failure.system("read the password") }
            if count == 0 { return line.isEmpty ? nil : line }
            if byte == UInt8(ascii: "\n") {
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return line
            }
            line.append(byte)
        }
        return line
    }
}

/// Makes the signals that end a program end a read instead, so that the caller can tidy up.
private struct InterruptedReads {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]
    private let old: [sigaction]

    init() {
        old = InterruptedReads.signals.map { signal in
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in }
            var before = sigaction()
            sigaction(signal, &action, &before)
            return before
        }
    }

    func end() {
        for (signal, action) in zip(InterruptedReads.signals, old) {
            var action = action
            sigaction(signal, &action, nil)
        }
    }
}
