/// Whether a number means the message that it meant: RFC 3501 §7.4.1.
package enum NumbersVerdict {
    /// - Parameters:
    ///   - number: what STORE set the flag on; in these mailboxes letter n was message n.
    ///   - flagged: the letters that have the flag afterwards.
    package static func violations(
        storing number: Int, store: Exchange, fetch: Exchange, flagged: Set<Int>
    ) -> [Violation] {
        var broken = shifts(in: fetch)
        let strangers = flagged.subtracting([number]).sorted()
        if let stranger = strangers.first {
            broken.append(
                Violation(
                    .shiftedNumber, "STORE \(number) set the flag of what was message \(stranger)"))
        } else if store.isOK, flagged.isEmpty {
            broken.append(Violation(.untrueOK, "STORE \(number) was OK, and set no flag"))
        }
        return broken
    }

    /// Messages that are other letters than their numbers were.
    package static func shifts(in fetch: Exchange) -> [Violation] {
        fetch.fetched.sorted { $0.key < $1.key }.compactMap { number, items in
            guard let text = items["BODY[]"]?.allText, let letter = Letter.number(in: text),
                letter != number
            else { return nil }
            return Violation(.shiftedNumber, "FETCH \(number) gave what was message \(letter)")
        }
    }
}
