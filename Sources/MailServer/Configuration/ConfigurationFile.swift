import IMAPSession
import MailModel
import MailboxStore
import Yams

/// What a store's configuration file says: `hindsight.yaml` in its directory, or another by `--config`.
///
///     policy:               # RFC 2180; `hindsight help policy` lists questions and answers
///       preset: patient
///       fetch: nil
///     ghosts:               # what one session may hold back by not listening
///       hours: 24
///       messages: 1000000
///       mebibytes: 10240
///     sessions:
///       idle-minutes: 30    # autologout; RFC 9051 §5.4 allows no less
package struct ConfigurationFile: Sendable {
    /// Answers for the whole store; `policy set` comes before them.
    package private(set) var policy = PolicyLayer()
    package private(set) var ghostLimits = GhostLimits()
    /// nil: the usual.
    package private(set) var idleMinutes: Int64?

    package static let name = "hindsight.yaml"

    /// Where the file is wrong, and how.
    package struct Defect: Error, CustomStringConvertible {
        package let description: String
    }

    /// Says nothing.
    package init() {}

    /// - Parameter path: for complaints.
    package init(parsing text: String, path: String) throws(Defect) {
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch {
            let reason = "\(error)".split(separator: "\n").joined(separator: "; ")
            throw Defect(description: "\(path): \(reason)")
        }
        guard let root, root != Node("", Tag(.null)) else { return }
        let reader = SectionReader(path: path)
        try reader.each(of: root, in: "the file") { (name, section) throws(Defect) in
            switch name {
            case "policy": try readPolicy(section, reader)
            case "ghosts": try readGhosts(section, reader)
            case "sessions": try readSessions(section, reader)
            default: throw reader.unknown(name, section, known: "policy, ghosts, sessions")
            }
        }
    }

    private mutating func readPolicy(_ section: Node, _ reader: SectionReader) throws(Defect) {
        var preset = PolicyLayer()
        var chosen = PolicyLayer()
        try reader.each(of: section, in: "policy") { (name, value) throws(Defect) in
            let word = value.scalar?.string ?? ""
            if name == "preset" {
                guard let found = PolicyPreset(rawValue: word) else {
                    let known = PolicyPreset.allCases.map(\.rawValue).joined(separator: ", ")
                    throw reader.defect("the preset is none of \(known)", value)
                }
                preset = found.answers
                return
            }
            guard let question = PolicyQuestion(name: name) else {
                let known = PolicyQuestion.allCases.map(\.name).joined(separator: ", ")
                throw reader.unknown(name, value, known: "preset, \(known)")
            }
            guard let answer = question.answer(named: word) else {
                let known = question.answers.map(\.name).joined(separator: ", ")
                throw reader.defect("\(name) is none of \(known)", value)
            }
            chosen.choose(answer)
        }
        policy = chosen.over(preset)
    }

    private mutating func readGhosts(_ section: Node, _ reader: SectionReader) throws(Defect) {
        try reader.each(of: section, in: "ghosts") { (name, value) throws(Defect) in
            switch name {
            case "hours":
                ghostLimits.ageSeconds = try reader.number(value, name, 1...87_600) * 3600
            case "messages":
                ghostLimits.messages = Int(try reader.number(value, name, 1...4_294_967_295))
            case "mebibytes":
                ghostLimits.bytes = UInt64(try reader.number(value, name, 1...1 << 40)) << 20
            default: throw reader.unknown(name, value, known: "hours, messages, mebibytes")
            }
        }
    }

    private mutating func readSessions(_ section: Node, _ reader: SectionReader) throws(Defect) {
        try reader.each(of: section, in: "sessions") { (name, value) throws(Defect) in
            guard name == "idle-minutes" else {
                throw reader.unknown(name, value, known: "idle-minutes")
            }
            idleMinutes = try reader.number(value, name, 30...10_080)
        }
    }
}

/// Reads sections strictly: what is not understood is an error that names its line.
private struct SectionReader {
    typealias Defect = ConfigurationFile.Defect
    let path: String

    func each(
        of section: Node, in name: String, _ body: (String, Node) throws(Defect) -> Void
    ) throws(Defect) {
        if section.tag == Tag(.null) { return }
        guard let mapping = section.mapping else {
            throw defect("\(name) is to be lines of the form `name: value`", section)
        }
        for (key, value) in mapping { try body(key.scalar?.string ?? "", value) }
    }

    func number(
        _ value: Node, _ name: String, _ range: ClosedRange<Int64>
    ) throws(Defect) -> Int64 {
        guard let number = (value.scalar?.string).flatMap({ Int64($0) }), range.contains(number)
        else {
            throw defect(
                "\(name) is a number from \(range.lowerBound) to \(range.upperBound)", value)
        }
        return number
    }

    func unknown(_ name: String, _ value: Node, known: String) -> Defect {
        defect("\(name) is not known; there are \(known)", value)
    }

    func defect(_ what: String, _ node: Node) -> Defect {
        let line = node.mark.map { ":\($0.line)" } ?? ""
        return Defect(description: "\(path)\(line): \(what)")
    }
}
