import MailModel
import MailSearch
import Testing

/// Evaluates a key as the RFC's sentences read: no order, no folding, nothing prepared.
private struct NaiveSearch {
    let largestUID: UInt32
    let now: Int64
    let saved: UIDSet

    func matches(_ key: SearchKey, _ message: PaperMessage) throws -> Bool {
        switch key {
        case .all, .saveDateSupported: return true
        case .and(let keys):
            var all = true
            for key in keys { all = try matches(key, message) && all }
            return all
        case .or(let left, let right):
            let first = try matches(left, message)
            return try matches(right, message) || first
        case .not(let key): return try !matches(key, message)
        case .uid(.savedResult), .sequence(.savedResult): return saved.contains(message.uid)
        case .uid(.ranges(let ranges)): return holds(ranges, message.uid, largest: largestUID)
        case .sequence(.ranges(let ranges)):
            return holds(ranges, message.sequenceNumber, largest: 10)
        case .flags(let set, let unset):
            return message.systemFlags.intersection(set) == set
                && message.systemFlags.intersection(unset).isEmpty
        case .keyword(let keyword): return message.hasKeyword(keyword)
        case .unkeyword(let keyword): return !message.hasKeyword(keyword)
        case .recent: return message.isRecent
        case .header(let name, let text):
            return try message.hasHeader(name, containing: paperNeedle(text))
        case .body(let text):
            return try text.isEmpty || message.bodyContains(paperNeedle(text) ?? "")
        case .text(let text):
            return try text.isEmpty || message.textContains(paperNeedle(text) ?? "")
        case .larger(let bytes): return message.sizeBytes > bytes
        case .smaller(let bytes): return message.sizeBytes < bytes
        case .internalDate(let comparison, let day):
            return compare(comparison, message.internalDate.localDate, day)
        case .sentDate(let comparison, let day):
            return message.sent.map { compare(comparison, $0.localDate, day) } ?? false
        case .savedDate(let comparison, let day):
            return compare(comparison, message.internalDate.localDate, day)
        case .older(let seconds):
            return now - message.internalDate.secondsSinceEpoch >= Int64(seconds)
        case .younger(let seconds):
            return now - message.internalDate.secondsSinceEpoch <= Int64(seconds)
        case .modSeq(let least): return message.modSeq >= least
        case .emailID(let id): return message.emailID.description == id
        case .threadID: return false
        }
    }

    private func holds(_ ranges: [SequenceSet.Range], _ number: UInt32, largest: UInt32) -> Bool {
        ranges.contains { range in
            let bounds = [range.lower ?? largest, range.upper ?? largest].sorted()
            return bounds[0] <= number && number <= bounds[1]
        }
    }

    private func compare(
        _ comparison: SearchKey.DateComparison, _ day: CalendarDate, _ other: CalendarDate
    ) -> Bool {
        switch comparison {
        case .before: day.daysSinceEpoch < other.daysSinceEpoch
        case .on: day.daysSinceEpoch == other.daysSinceEpoch
        case .since: day.daysSinceEpoch >= other.daysSinceEpoch
        }
    }
}

@Suite("Programs against a naive evaluation")
struct SearchPropertyTests {
    @Test func anyKeyOverAnyMessageGivesWhatTheNaiveReadingGives() throws {
        var system = SystemRandomNumberGenerator()
        let seed = system.next()
        var random = RandomSearches(state: seed)
        let saved = UIDSet(numbers: [1, 4, 7])
        let naive = NaiveSearch(largestUID: 10, now: 500_000, saved: saved)
        for _ in 0..<3000 {
            let key = random.key(depth: 5)
            let program = try program(key, now: 500_000, largestUID: 10, saved: saved)
            for _ in 0..<8 {
                let message = random.message()
                let expected = try naive.matches(key, message)
                #expect(try program.matches(message) == expected, "seed \(seed): \(key)")
                let verdict = program.flags.verdict(on: message.systemFlags)
                #expect(verdict != (expected ? .fails : .matches), "seed \(seed): \(key)")
                let onRow = program.verdict(onRowOf: message)
                #expect(onRow != (expected ? .fails : .matches), "seed \(seed): \(key)")
                #expect(onRow != .undecided || program.needs > .rows, "seed \(seed): \(key)")
                if let header = program.header, verdict == .undecided {
                    let holds = try message.hasHeader(header.name, containing: header.needle)
                    #expect(holds == expected, "seed \(seed): \(key)")
                }
                guard expected else { continue }
                #expect(program.candidateUIDs?.contains(message.uid) != false, "seed \(seed)")
                #expect(
                    program.candidateSequenceNumbers?.contains(message.sequenceNumber) != false,
                    "seed \(seed)")
            }
        }
    }
}

/// Keys and messages drawn from so few values that they often meet.
private struct RandomSearches: RandomNumberGenerator {
    var state: UInt64

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    private mutating func flags() -> SystemFlags {
        SystemFlags(rawValue: UInt8(number(0...31) & number(0...31)))
    }

    private static let keywords = ["One", "Two"].compactMap { Keyword($0) }

    private mutating func keyword() -> Keyword { Self.keywords[number(0...1)] }

    private mutating func text() -> [UInt8] { Array(["", "a", "b", "ab"][number(0...3)].utf8) }

    private mutating func day() -> CalendarDate { CalendarDate(daysSinceEpoch: number(0...10)) }

    private mutating func comparison() -> SearchKey.DateComparison {
        [.before, .on, .since][number(0...2)]
    }

    private mutating func set() -> SequenceSet {
        guard number(0...4) > 0 else { return .savedResult }
        return .ranges(
            (0..<number(1...3)).map { _ in
                let bounds = [number(0...10), number(0...10)].map { $0 == 0 ? nil : UInt32($0) }
                return SequenceSet.Range(bounds[0], bounds[1])
            })
    }

    mutating func key(depth: Int) -> SearchKey {
        if depth > 0, number(0...9) < 6 {
            switch number(0...3) {
            case 0: return .not(key(depth: depth - 1))
            case 1: return .or(key(depth: depth - 1), key(depth: depth - 1))
            default: return .and((0..<number(0...4)).map { _ in key(depth: depth - 1) })
            }
        }
        return leaf()
    }

    private mutating func leaf() -> SearchKey {
        switch number(0...18) {
        case 0: .all
        case 1: .uid(set())
        case 2: .sequence(set())
        case 3: .flags(set: flags(), unset: flags())
        case 4: .keyword(keyword())
        case 5: .unkeyword(keyword())
        case 6: .recent
        case 7: .header(name: ["To", "SUBJECT"][number(0...1)], text: text())
        case 8: .body(text())
        case 9: .text(text())
        case 10: .larger(UInt64(number(0...5)))
        case 11: .smaller(UInt64(number(0...5)))
        case 12: .internalDate(comparison(), day())
        case 13: .sentDate(comparison(), day())
        case 14: .savedDate(comparison(), day())
        case 15: .older(UInt32(number(1...900_000)))
        case 16: .younger(UInt32(number(1...900_000)))
        case 17: .modSeq(ModSeq(UInt64(number(0...5))))
        default: .emailID("M\(number(0...2))-0")
        }
    }

    private mutating func date() -> InternalDate {
        InternalDate(
            secondsSinceEpoch: Int64(number(0...900_000)), zoneMinutes: Int16(number(-720...720)))
    }

    mutating func message() -> PaperMessage {
        PaperMessage(
            uid: UInt32(number(1...10)), sequenceNumber: UInt32(number(1...10)),
            systemFlags: SystemFlags(rawValue: UInt8(number(0...31))),
            keywords: number(0...1) == 0 ? [] : [keyword()], isRecent: number(0...1) == 0,
            internalDate: date(), sizeBytes: UInt64(number(0...5)),
            modSeq: ModSeq(UInt64(number(1...5))),
            emailID: EmailID(position: LogPosition(UInt64(number(0...2))), index: 0),
            sent: number(0...2) == 0 ? nil : date(),
            headers: number(0...1) == 0
                ? [] : [("Subject", String(decoding: text(), as: UTF8.self))],
            body: String(decoding: text(), as: UTF8.self))
    }
}
