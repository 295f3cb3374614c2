import MailModel

/// COPY and MOVE of expunged messages: RFC 2180 §4.4, RFC 6851, and COPYUID (RFC 4315 §3).
package enum CopyVerdict {
    /// One COPY and what became of it.
    package struct Observed: Sendable {
        package let exchange: Exchange
        /// The letters that were asked for, in order.
        package let asked: [Int]
        package let expunged: Set<Int>
        /// The destination before and after, as a new session finds it.
        package let before: [Delivered]
        package let after: [Delivered]
        /// The letter of each UID of the source.
        package let sources: [UInt32: Int]

        package init(
            _ exchange: Exchange, asked: [Int], expunged: Set<Int>, before: [Delivered],
            after: [Delivered], sources: [UInt32: Int]
        ) {
            self.exchange = exchange
            self.asked = asked
            self.expunged = expunged
            self.before = before
            self.after = after
            self.sources = sources
        }

        var arrived: [Delivered] { Array(after.dropFirst(before.count)) }
        var letters: [Int?] { arrived.map(\.letter) }
        var living: [Int] { asked.filter { !expunged.contains($0) } }
    }

    package static func judge(_ seen: Observed) -> Verdict {
        let wasTold = !seen.exchange.expunged.isEmpty
        let notes = wasTold ? [] : ["pending EXPUNGEs not returned (§4.4)"]
        if seen.exchange.isNO, seen.arrived.isEmpty { return Verdict(.refuseCopy, notes: notes) }
        if seen.exchange.isOK, seen.letters == seen.asked.map(Optional.some) {
            return Verdict(.copyGhosts, notes: notes)
        }
        return Verdict(words: describe(seen), notes: notes)
    }

    /// `OK, letters 2 of 2,4,6 delivered`
    package static func describe(_ seen: Observed) -> String {
        let ending = seen.exchange.endingText
        if seen.letters.contains(nil) { return "\(ending), a message invented" }
        if seen.letters.isEmpty { return "\(ending), none copied" }
        if seen.letters == seen.living.map(Optional.some) { return "\(ending), left out silently" }
        if seen.letters == seen.asked.map(Optional.some) { return "\(ending), all copied" }
        return "\(ending), \(seen.letters.count) of \(seen.asked.count) copied"
    }

    /// - Parameter byUID: a UID that is gone is passed over without an error (RFC 3501 §6.4.8).
    package static func violations(_ seen: Observed, byUID: Bool = false) -> [Violation] {
        var broken: [Violation] = []
        let command = seen.exchange.command
        if seen.letters.contains(nil) {
            broken.append(
                Violation(.changedMessage, "\(command) delivered a message that nobody wrote"))
        }
        if seen.exchange.isNO, !seen.arrived.isEmpty {
            broken.append(
                Violation(.partialCopy, "\(command) was NO, and \(seen.arrived.count) are there"))
        }
        let due = byUID ? seen.living : seen.asked
        if seen.exchange.isOK, !Set(seen.letters.compactMap(\.self)).isSuperset(of: due) {
            let count = seen.arrived.count
            broken.append(
                Violation(
                    .untrueOK,
                    "\(command) was OK for \(seen.asked.count) messages, and delivered \(count)"))
        }
        return broken + COPYUIDCheck(seen).violations
    }
}

/// Whether COPYUID tells what is in the destination, in the order of the source.
private struct COPYUIDCheck {
    let seen: CopyVerdict.Observed

    init(_ seen: CopyVerdict.Observed) { self.seen = seen }

    var violations: [Violation] {
        guard let code = copyUID, code.count >= 4,
            let from = UIDList(code[2].text), let to = UIDList(code[3].text)
        else { return [] }
        let told = "COPYUID tells \(from.text) → \(to.text)"
        if from.uids.count != to.uids.count {
            return [Violation(.untrueCOPYUID, "\(told): \(from.uids.count) and \(to.uids.count)")]
        }
        let there = Dictionary(
            seen.arrived.compactMap { each in each.uid.map { ($0, each.letter) } },
            uniquingKeysWith: { first, _ in first })
        let isTrue =
            Set(to.uids) == Set(there.keys)
            && zip(from.uids, to.uids).allSatisfy { source, copy in
                seen.sources[source] == there[copy].flatMap(\.self)
            }
        guard !isTrue else { return [] }
        let uids = there.keys.sorted().map(String.init).joined(separator: ",")
        let found = uids.isEmpty ? "nothing" : "UIDs \(uids)"
        return [Violation(.untrueCOPYUID, "\(told), and \(found) arrived")]
    }

    /// Of the tagged response, or of an untagged OK (RFC 6851 §4.3).
    private var copyUID: [Value]? {
        if seen.exchange.codeName == "COPYUID" { return seen.exchange.code }
        return seen.exchange.responses.last { $0.codeName == "COPYUID" }?.code
    }
}

/// `2,4:6`, in its order.
struct UIDList {
    let text: String
    let uids: [UInt32]

    private static let longest: UInt32 = 100_000

    init?(_ text: String?) {
        guard let text else { return nil }
        var uids: [UInt32] = []
        for range in text.split(separator: ",") {
            let ends = range.split(separator: ":").map { UInt32($0) }
            guard let first = ends.first, let first, let last = ends.last, let last,
                max(first, last) - min(first, last) < UIDList.longest
            else { return nil }
            uids += first <= last ? Array(first...last) : Array(last...first).reversed()
        }
        self.text = text
        self.uids = uids
    }
}
