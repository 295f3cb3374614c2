import ArgumentParser
import Glibc

/// A command that runs, answers and ends: its errors become one line on stderr and an exit status.
protocol ToolCommand: ParsableCommand {
    func perform() throws
}

extension ToolCommand {
    func run() throws {
        // What a tool makes is nobody else's: S30.
        umask(0o077)
        var status = ExitCode.success
        var complaints: [String] = []
        do { try perform() } catch let code as ExitCode {
            status = code
        } catch {
            complaints.append("\(error)")
        }
        // An answer that was lost on its way out is none, whatever it was.
        do { try Terminal.sendOutput() } catch { complaints.append("\(error)") }
        complaints.forEach(Terminal.complain)
        if !complaints.isEmpty { status = .couldNot }
        guard status == .success else { throw status }
    }
}

extension ExitCode {
    /// The question was answered, with no: differences, damage, no server running.
    static let answerIsNo = ExitCode(1)
    /// It could not be done, or not all of it.
    static let couldNot = ExitCode(2)
}

/// Why a command could not do its work, and what to do about it.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
