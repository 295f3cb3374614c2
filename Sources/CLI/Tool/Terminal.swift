@preconcurrency import Glibc

/// What goes to stderr: errors, notes and progress. Answers go to stdout.
enum Terminal {
    /// Whether stderr is a terminal, where a line may be drawn over.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Sends on what was printed so far.
    ///
    /// - Throws: `Failure` when any of it could not be written: a full disk behind stdout, say.
    static func sendOutput() throws(Failure) {
        errno = 0
        // The stream remembers what failed while lines were printed, but not why.
        guard fflush(stdout) == 0, ferror(stdout) == 0 else {
            let reason = errno == 0 ? "" : ": \(String(cString: strerror(errno)))"
            throw Failure("not all of the output could be written\(reason)")
        }
    }

    static func complain(_ message: String) { write("hindsight: \(message)\n") }

    static func note(_ message: String) { write("\(message)\n") }

    static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            // Nobody reads: there is no other place to say so.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// The text with everything that could steer a terminal or hide in a line written as `\u{…}`:
    /// names and client IDs come from strangers (S23).
    static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
                .privateUse:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// One line on a terminal that tells how far a long task is; silent where stderr is no terminal.
struct ProgressLine {
    private let isShown = Terminal.isInteractive
    private var next = ContinuousClock.now
    private var isDrawn = false

    private static let interval = Duration.milliseconds(100)

    /// Draws the line anew, at most ten times a second.
    mutating func show(_ text: @autoclosure () -> String) {
        guard isShown, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now + ProgressLine.interval
        isDrawn = true
        Terminal.write("\r\u{1B}[K" + text())
    }

    /// Takes the line away, so that something else can be written.
    mutating func clear() {
        guard isDrawn else { return }
        isDrawn = false
        Terminal.write("\r\u{1B}[K")
    }

    /// `[#####-----]  50 %`
    static func bar(_ done: UInt64, of whole: UInt64) -> String {
        let share = whole == 0 ? 1 : min(1, Double(done) / Double(whole))
        let filled = Int(share * 30)
        let percent = Int(share * 100)
        return "[" + String(repeating: "#", count: filled)
            + String(repeating: "-", count: 30 - filled) + "] \(percent) %"
    }
}
