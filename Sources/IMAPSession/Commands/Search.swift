import IMAPCodec
import MIME
import MailModel
import MailSearch
import MailboxStore
import MultiAccess

/// SEARCH and UID SEARCH: RFC 9051 §6.4.4; RFC 4731, 5032, 5182, 7162, 8474, 8514.
extension Session {
    /// Numbers that no message has find nothing: clients ask for what another session has expunged.
    mutating func search(_ command: SearchCommand, out: inout ResponseWriter) -> Step {
        guard let selected = state.selected else {
            return .finished(.bad("Select a mailbox first"))
        }
        if let charset = command.charset, !Charset.isKnown(charset) {
            return .finished(selected.failed(command, .badCharset))
        }
        if command.usesModSeq { enableCondStore(out: &out) }
        do throws(SearchDefect) {
            let program = try SearchProgram(command.key, in: searchContext(of: selected)) {
                SearchNeedle($0, charset: command.charset)
            }
            return search(command, program, in: selected, out: &out)
        } catch {
            switch error {
            case .badCharset: return .finished(selected.failed(command, .badCharset))
            case .tooDeep: return .finished(.bad("The search keys are nested too deep"))
            }
        }
    }

    private func searchContext(of selected: SelectedMailbox) -> SearchContext {
        SearchContext(
            nowSeconds: now / 1_000_000_000,
            largestSequenceNumber: UInt32(clamping: selected.view.count),
            largestUID: selected.view.largestUID ?? 0,
            savedResult: selected.savedResult)
    }

    private mutating func search(
        _ command: SearchCommand, _ program: SearchProgram<SearchNeedle>,
        in selected: SelectedMailbox, out: inout ResponseWriter
    ) -> Step {
        let view = selected.view
        do throws(StoreError) {
            let candidates = try searchable(program.candidates(in: view), of: selected)
            let job = SearchJob(
                program: program, store: context.store, mailbox: view.mailbox, map: view.map,
                recent: view.recent, candidates: candidates, flags: view.flagColumn,
                tellsModSeq: command.usesModSeq,
                budget: .seconds(context.limits.searchSeconds))
            return start(SearchExecution(command, in: selected, by: job), out: &out)
        } catch {
            return .finished(selected.failed(command, Completion(error)))
        }
    }

    /// Without the expunged messages that policy does not want found: RFC 2180 §4.3.
    private func searchable(
        _ candidates: UIDSet, of selected: SelectedMailbox
    ) throws(StoreError) -> UIDSet {
        guard let split = try splitExpunged(candidates, of: selected) else { return candidates }
        let verdict = split.policy.searching.judge(
            ExpungedSearch(expunged: split.expunged, retained: split.retained))
        switch verdict {
        case .includeAll: return candidates
        case .omit(let omitted): return candidates.subtracting(omitted)
        }
    }
}

extension SearchProgram {
    /// The messages of a view that can match.
    fileprivate func candidates(in view: MailboxView) -> UIDSet {
        var candidates = view.uids(in: candidateUIDs ?? UIDSet(1...UInt32.max))
        if let numbers = candidateSequenceNumbers {
            candidates = candidates.intersection(view.uids(inSequence: numbers))
        }
        return candidates
    }
}

extension Completion {
    /// RFC 9051 §7.1: whatever iconv(3) knows will do; these two always.
    fileprivate static let badCharset = Completion.no(
        "The charset is not known", code: .badCharset(["US-ASCII", "UTF-8"]))
}
