import MailModel

/// STORE on expunged messages: RFC 2180 §4.2.
package enum StoreVerdict {
    package struct Observed: Sendable {
        /// STORE 1:7 +FLAGS.SILENT, 4:7 being expunged.
        package let silent: Exchange
        /// STORE 5:7 +FLAGS.
        package let onlyExpunged: Exchange
        /// STORE 1:7 +FLAGS.
        package let mixed: Exchange
        /// Which of the living a new session finds with the flag of `silent`, and of `mixed`.
        package let silentlySet: Set<Int>
        package let set: Set<Int>
        package let living: Set<Int>

        package init(
            silent: Exchange, onlyExpunged: Exchange, mixed: Exchange, silentlySet: Set<Int>,
            set: Set<Int>, living: Set<Int>
        ) {
            self.silent = silent
            self.onlyExpunged = onlyExpunged
            self.mixed = mixed
            self.silentlySet = silentlySet
            self.set = set
            self.living = living
        }
    }

    package static func judge(_ seen: Observed) -> Verdict {
        let notes = recommendations(seen)
        let told = Set(seen.mixed.fetched.filter { $0.value["FLAGS"] != nil }.keys)
        let ending = seen.mixed.endingText
        if seen.mixed.isNO, seen.set == seen.living, told == seen.living {
            return Verdict(.storeRemaining, notes: notes)
        }
        if seen.mixed.isNO, seen.set.isEmpty, told.isEmpty {
            return Verdict(.storeNothing, notes: notes)
        }
        if seen.mixed.isOK, seen.set == seen.living {
            let ghosts = told.isSuperset(of: seen.living) && told.count > seen.living.count
            return Verdict(
                words: ghosts ? "OK, as if none were expunged" : "OK, left out silently",
                notes: notes)
        }
        let set = seen.set.sorted().map(String.init).joined(separator: ",")
        return Verdict(
            words: "\(ending), set on \(set.isEmpty ? "none" : set)", notes: notes)
    }

    /// §4.2.1 and §4.2.2 are SHOULDs.
    private static func recommendations(_ seen: Observed) -> [String] {
        var notes: [String] = []
        if !seen.silent.isOK {
            notes.append("§4.2.1 not followed: \(seen.silent.endingText) to .SILENT")
        }
        if !seen.onlyExpunged.isNO || !seen.onlyExpunged.responses(named: "FETCH").isEmpty {
            notes.append(
                "§4.2.2 not followed: \(seen.onlyExpunged.endingText) for expunged messages only")
        }
        return notes
    }

    /// A STORE that says OK and sets nothing on a message that is there.
    package static func violations(_ seen: Observed) -> [Violation] {
        [(seen.silent, seen.silentlySet), (seen.mixed, seen.set)].compactMap { exchange, set in
            guard exchange.isOK, !set.isSuperset(of: seen.living) else { return nil }
            return Violation(
                .untrueOK, "\(exchange.command) was OK, and not all the messages have the flag")
        }
    }
}
