import MIME
import MailModel
import MailSearch
import MailboxStore

/// Messages of a search that are looked at together: their rows first, then the summaries of those that
/// rows leave undecided, which come from memory at the same time.
///
/// Used by one thread, within one snapshot.
struct SearchBatch {
    private let program: SearchProgram<SearchNeedle>
    private let snapshot: SearchSnapshot
    // Of the program, at hand for each message: a program holds much that would be retained.
    private let flags: FlagTest
    private let header: SearchProgram<SearchNeedle>.HeaderQuestion?
    private let asksRows: Bool
    /// By ascending UID; those that fail are not among them.
    private var entries: [Entry] = []
    /// Of the entries that are not decided.
    private var undecided: [EmailID] = []

    private struct Entry {
        let stop: MessageWalk.Stop
        let isDecided: Bool
    }

    init(of program: SearchProgram<SearchNeedle>, in snapshot: SearchSnapshot) {
        self.program = program
        self.snapshot = snapshot
        flags = program.flags
        header = program.header
        asksRows = program.header == nil
    }

    /// Looks at a message's row.
    ///
    /// - Parameter stop: valid until the batch is settled; behind the others.
    mutating func take(_ stop: MessageWalk.Stop, _ findings: inout SearchFindings) {
        switch verdict(on: stop) {
        case .fails: break
        case .undecided:
            entries.append(Entry(stop: stop, isDecided: false))
            undecided.append(stop.row.emailID)
        case .matches:
            if entries.isEmpty {
                findings.add(stop.uid, stop.row.modSeq)
            } else {
                entries.append(Entry(stop: stop, isDecided: true))
            }
        }
    }

    private func verdict(on stop: MessageWalk.Stop) -> SearchVerdict {
        let verdict = flags.verdict(on: stop.row.flags)
        guard asksRows, verdict == .undecided else { return verdict }
        return program.verdict(onRowOf: SearchedMessage(stop, in: snapshot))
    }

    /// Decides what rows have left open.
    ///
    /// - Returns: whether the time was enough.
    mutating func settle(_ findings: inout SearchFindings) throws(StoreError) -> Bool {
        guard !entries.isEmpty else { return true }
        defer {
            entries.removeAll(keepingCapacity: true)
            undecided.removeAll(keepingCapacity: true)
        }
        try snapshot.bringNear(undecided)
        for entry in entries {
            guard let isFound = try isFound(entry, &findings) else { return false }
            if isFound { findings.add(entry.stop.uid, entry.stop.row.modSeq) }
        }
        return true
    }

    /// A message that is damaged is not found, and keeps no other from being found.
    ///
    /// - Returns: nil when the budget was used up on it.
    private func isFound(
        _ entry: Entry, _ findings: inout SearchFindings
    ) throws(StoreError) -> Bool? {
        do {
            return try entry.isDecided || matches(entry.stop)
        } catch is SearchTimeIsUp {
            return nil
        } catch StoreError.body {
            findings.unreadable += 1
            return false
        } catch let error as StoreError {
            throw error
        } catch {
            // Messages throw nothing else.
            findings.unreadable += 1
            return false
        }
    }

    private func matches(_ stop: MessageWalk.Stop) throws -> Bool {
        guard let header else {
            return try program.matches(SearchedMessage(stop, in: snapshot))
        }
        return try snapshot.hasField(
            header.name, of: stop.row.emailID, containing: header.needle)
    }
}
