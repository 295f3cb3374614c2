import MailModel

/// DELETE and RENAME while another session has the mailbox open: RFC 2180 §3.
package enum MailboxVerdict {
    /// What the other session met after DELETE was OK.
    package struct AfterDelete: Sendable {
        package let delete: Exchange
        /// The connection ended before the other session asked anything.
        package let endedUnasked: Bool
        /// FETCH, STORE, SEARCH and COPY by the other session, and whether each got what it asked.
        package let attempts: [(exchange: Exchange, isServed: Bool)]

        package init(
            delete: Exchange, endedUnasked: Bool,
            attempts: [(exchange: Exchange, isServed: Bool)]
        ) {
            self.delete = delete
            self.endedUnasked = endedUnasked
            self.attempts = attempts
        }
    }

    package static func judge(_ seen: AfterDelete) -> Verdict {
        if seen.delete.isNO { return refusal(.refuseDeletion, seen.delete) }
        guard seen.delete.isOK else { return Verdict(words: seen.delete.endingText) }
        if seen.endedUnasked { return Verdict(.disconnectOnDeletion, notes: ["at once"]) }
        if seen.attempts.allSatisfy(\.isServed) { return Verdict(.keepGhostMailbox) }
        if seen.attempts.first?.exchange.isDisconnected == true {
            return Verdict(.disconnectOnDeletion, notes: ["at the next command only"])
        }
        return Verdict(words: "OK, then \(describe(seen.attempts))")
    }

    private static func refusal(_ answer: PolicyAnswer, _ exchange: Exchange) -> Verdict {
        Verdict(answer, notes: exchange.codeName.map { ["says [\($0)]"] } ?? [])
    }

    private static func describe(_ attempts: [(exchange: Exchange, isServed: Bool)]) -> String {
        attempts.map { attempt in
            let verb = attempt.exchange.command.prefix { $0 != " " }
            let ending = attempt.exchange.endingText
            let isHollow = attempt.exchange.isOK && !attempt.isServed
            return "\(verb) \(attempt.isServed ? "served" : isHollow ? "OK but empty" : ending)"
        }.joined(separator: ", ")
    }

    /// What was seen after RENAME.
    package struct AfterRename: Sendable {
        package let rename: Exchange
        package let endedUnasked: Bool
        /// FETCH, STORE and SEARCH by the other session, and whether each got what it asked.
        package let attempts: [(exchange: Exchange, isServed: Bool)]
        /// STATUS of the old name, nil when the connection was gone.
        package let byOldName: Exchange?
        /// Whether the other session is told of a message that comes under the new name.
        package let learnsOfNews: Bool

        package init(
            rename: Exchange, endedUnasked: Bool,
            attempts: [(exchange: Exchange, isServed: Bool)], byOldName: Exchange?,
            learnsOfNews: Bool
        ) {
            self.rename = rename
            self.endedUnasked = endedUnasked
            self.attempts = attempts
            self.byOldName = byOldName
            self.learnsOfNews = learnsOfNews
        }
    }

    package static func judge(_ seen: AfterRename) -> Verdict {
        if seen.rename.isNO { return refusal(.refuseRename, seen.rename) }
        guard seen.rename.isOK else { return Verdict(words: seen.rename.endingText) }
        if seen.endedUnasked { return Verdict(.disconnectOnRename, notes: ["at once"]) }
        if seen.attempts.first?.exchange.isDisconnected == true {
            return Verdict(.disconnectOnRename, notes: ["at the next command only"])
        }
        guard seen.attempts.allSatisfy(\.isServed), let old = seen.byOldName, old.isNO else {
            var words = "OK, then \(describe(seen.attempts))"
            if let old = seen.byOldName, !old.isNO { words += ", old name \(old.endingText)" }
            return Verdict(words: words)
        }
        guard seen.learnsOfNews else {
            return Verdict(words: "OK, then an old copy: new messages are not told")
        }
        return Verdict(
            old.codeName == "NEWNAME" ? .followRename : .followRenameWithoutHint)
    }

    /// What was seen of the name after DELETE was OK.
    package struct AfterCreate: Sendable {
        /// Whether the other session still has the deleted mailbox.
        package let hasViewer: Bool
        package let create: Exchange
        /// CREATE once the last view was closed; nil when it was not needed.
        package let createLater: Exchange?
        package let isViewerUndisturbed: Bool

        package init(
            hasViewer: Bool, create: Exchange, createLater: Exchange?, isViewerUndisturbed: Bool
        ) {
            self.hasViewer = hasViewer
            self.create = create
            self.createLater = createLater
            self.isViewerUndisturbed = isViewerUndisturbed
        }
    }

    package static func judge(_ seen: AfterCreate) -> Verdict {
        guard seen.hasViewer else {
            return Verdict(
                words: seen.create.isOK
                    ? "free: nobody holds it"
                    : "\(seen.create.endingText), though nobody holds it")
        }
        if seen.create.isNO {
            let isFree = seen.createLater?.isOK == true
            return Verdict(
                .reserveName, notes: isFree ? [] : ["not free when the last view is closed"])
        }
        guard seen.create.isOK else { return Verdict(words: seen.create.endingText) }
        guard seen.isViewerUndisturbed else {
            return Verdict(words: "OK, and the old one's viewer is disturbed")
        }
        return Verdict(.reuseName)
    }
}
