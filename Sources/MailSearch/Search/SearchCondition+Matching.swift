import MailModel

extension SearchCondition {
    /// Left to right, stopping as soon as the answer is known.
    func matches<Message: SearchableMessage>(
        _ message: Message
    ) throws -> Bool where Message.Needle == Needle {
        switch self {
        case .always: true
        case .never: false
        case .all(let conditions): try conditions.allSatisfy { try $0.matches(message) }
        case .any(let conditions): try conditions.contains { try $0.matches(message) }
        case .not(let condition): try !condition.matches(message)
        case .sentDate(let comparison, let day):
            try message.sentDate().map { comparison.holds($0.localDate, day) } ?? false
        case .header(let name, let needle): try message.hasHeader(name, containing: needle)
        case .body(let needle): try message.bodyContains(needle)
        case .text(let needle): try message.textContains(needle)
        case .flags, .recent, .uids, .sequenceNumbers, .larger, .smaller, .modSeq, .internalDate,
            .savedDate, .notAfter, .notBefore, .emailID, .keyword:
            matchesRow(message)
        }
    }

    /// The same as far as the row goes: what it leaves undecided needs the summary or the bytes.
    func verdict(onRowOf message: some SearchableMessage) -> SearchVerdict {
        switch self {
        case .all(let conditions):
            SearchCondition.first(.fails, of: conditions, onRowOf: message)
        case .any(let conditions):
            SearchCondition.first(.matches, of: conditions, onRowOf: message)
        case .not(let condition): condition.verdict(onRowOf: message).opposite
        case .sentDate, .header, .body, .text: .undecided
        case .always, .never, .flags, .recent, .uids, .sequenceNumbers, .larger, .smaller, .modSeq,
            .internalDate, .savedDate, .notAfter, .notBefore, .emailID, .keyword:
            SearchVerdict(matchesRow(message))
        }
    }

    /// The verdict that settles all, if one of the conditions has it.
    private static func first(
        _ settling: SearchVerdict, of conditions: [Self], onRowOf message: some SearchableMessage
    ) -> SearchVerdict {
        var verdict = settling.opposite
        for condition in conditions {
            switch condition.verdict(onRowOf: message) {
            case settling: return settling
            case .undecided: verdict = .undecided
            case .matches, .fails: break
            }
        }
        return verdict
    }

    /// The conditions that a row alone decides.
    private func matchesRow(_ message: some SearchableMessage) -> Bool {
        switch self {
        case .flags(let set, let unset):
            message.systemFlags.isSuperset(of: set) && message.systemFlags.isDisjoint(with: unset)
        case .recent: message.isRecent
        case .uids(let uids): uids.contains(message.uid)
        case .sequenceNumbers(let numbers): numbers.contains(message.sequenceNumber)
        case .larger(let bytes): message.sizeBytes > bytes
        case .smaller(let bytes): message.sizeBytes < bytes
        case .modSeq(let least): message.modSeq >= least
        case .internalDate(let comparison, let day):
            comparison.holds(message.internalDate.localDate, day)
        case .savedDate(let comparison, let day):
            comparison.holds(SearchCondition.savedDay(of: message), day)
        case .notAfter(let second): message.internalDate.secondsSinceEpoch <= second
        case .notBefore(let second): message.internalDate.secondsSinceEpoch >= second
        case .emailID(let id): message.emailID == id
        case .keyword(let keyword): message.hasKeyword(keyword)
        case .always: true
        case .never, .all, .any, .not, .sentDate, .header, .body, .text: false
        }
    }

    /// The save date's day in UTC, as FETCH SAVEDATE shows it; INTERNALDATE's when it is not known.
    private static func savedDay(of message: some SearchableMessage) -> CalendarDate {
        guard let seconds = message.saveDateSeconds else { return message.internalDate.localDate }
        return InternalDate(secondsSinceEpoch: seconds).localDate
    }
}

extension SearchKey.DateComparison {
    /// RFC 9051 §6.4.4: earlier than, within, within or later than the day.
    func holds(_ day: CalendarDate, _ other: CalendarDate) -> Bool {
        switch self {
        case .before: day < other
        case .on: day == other
        case .since: day >= other
        }
    }
}
