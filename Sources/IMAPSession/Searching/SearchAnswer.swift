import IMAPCodec
import MailModel
import MailboxStore
import NIOCore

/// From what was found to what is told and saved: RFC 9051 §7.3.4, RFC 4731 §3, RFC 5182 §2,
/// RFC 7162 §3.1.5.
///
/// The plain response names every message, so it goes out in pieces; ESEARCH names ranges.
struct SearchAnswer {
    private let command: SearchCommand
    private let findings: SearchFindings
    /// UIDs or sequence numbers.
    private let numbers: NumberSet
    /// Where the plain response goes on; nil while it has not begun.
    private var next: UInt32?

    init(_ command: SearchCommand, _ findings: SearchFindings, in selected: SelectedMailbox) {
        self.command = command
        self.findings = findings
        numbers = selected.numbers(of: findings.uids, command.kind)
    }

    /// Whether a part of the response has been written.
    var isBegun: Bool { next != nil }

    /// - Returns: whether all of it is written; if not, the buffer holds `limitBytes`.
    mutating func write(
        tag: String, upTo limitBytes: Int, to out: inout ResponseWriter
    ) -> Bool {
        if let returns = command.returns {
            // RFC 5182 §2.1: SAVE alone is answered by nothing.
            if returns != .save { writeExtended(returns, tag: tag, to: &out) }
            return true
        }
        if next == nil { out.beginSearch() }
        next = out.writeSearchNumbers(numbers, from: next ?? 0, upTo: limitBytes)
        guard next == nil else { return false }
        out.endSearch(modSeq: command.usesModSeq ? findings.highestModSeq : nil)
        return true
    }

    private func writeExtended(
        _ returns: SearchReturnOptions, tag: String, to out: inout ResponseWriter
    ) {
        out.writeESearch(
            ESearchData(
                tag: tag, kind: command.kind,
                min: returns.contains(.min) ? numbers.first : nil,
                max: returns.contains(.max) ? numbers.last : nil,
                all: returns.contains(.all) ? numbers : nil,
                count: returns.contains(.count) ? UInt32(clamping: numbers.count) : nil,
                modSeq: command.usesModSeq ? modSeq(returns) : nil))
    }

    /// RFC 4731 §3.2.
    private func modSeq(_ returns: SearchReturnOptions) -> ModSeq? {
        guard returns.isDisjoint(with: [.all, .count]) else { return findings.highestModSeq }
        switch (returns.contains(.min), returns.contains(.max)) {
        case (true, false): return findings.firstModSeq
        case (false, true): return findings.lastModSeq
        default:
            guard let first = findings.firstModSeq, let last = findings.lastModSeq else {
                return nil
            }
            return max(first, last)
        }
    }

    /// What `$` holds from now on; nil when the command does not save. RFC 5182 §2.4.
    var saved: UIDSet? {
        guard let returns = command.returns, returns.contains(.save) else { return nil }
        let ends = returns.intersection([.min, .max])
        guard returns.isDisjoint(with: [.all, .count]), !ends.isEmpty else { return findings.uids }
        var saved = UIDSet()
        if ends.contains(.min), let first = findings.uids.first { saved.insert(first) }
        if ends.contains(.max), let last = findings.uids.last { saved.insert(last) }
        return saved
    }

    var completion: Completion {
        .ok(
            findings.unreadable == 0
                ? "SEARCH completed" : "SEARCH completed; some messages cannot be read")
    }
}
