import Foundation

/// The mail that tests read: real and hostile messages beside the checkout.
package enum Corpus {
    package struct Message: Sendable {
        /// The path within the corpus; messages of an mbox have `#` and their number behind it.
        package let name: String
        package let bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// The folder from HINDSIGHT_CORPUS, or `shared/corpus` in a folder that encloses this file.
    package static let folder: URL? = {
        let manager = FileManager.default
        if let path = ProcessInfo.processInfo.environment["HINDSIGHT_CORPUS"] {
            return manager.fileExists(atPath: path) ? URL(fileURLWithPath: path) : nil
        }
        var place = URL(fileURLWithPath: #filePath)
        while place.path != "/" {
            place.deleteLastPathComponent()
            let candidate = place.appendingPathComponent("shared/corpus")
            if manager.fileExists(atPath: candidate.path) { return candidate }
        }
        return nil
    }()

    /// Every message, the files sorted by name; empty, after saying so, when there is no corpus.
    package static let messages: [Message] = {
        guard let folder else {
            print("SKIPPED: no mail corpus; set HINDSIGHT_CORPUS to its folder to read it")
            return []
        }
        let names =
            (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String]) ?? []
        return names.sorted().flatMap { name -> [Message] in
            guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
                return []
            }
            if name.hasSuffix(".eml") { return [Message(name: name, bytes: [UInt8](data))] }
            guard name.hasSuffix(".mbox") else { return [] }
            return split([UInt8](data)).enumerated().map { number, bytes in
                Message(name: "\(name)#\(number)", bytes: bytes)
            }
        }
    }()

    /// The messages of an mbox: each begins behind a "From " line with a year that follows an empty
    /// line or starts the file. `python_opinion.py` splits in the same way.
    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var messages: [[UInt8]] = []
        var current: [UInt8]?
        var isBehindEmptyLine = true
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if isBehindEmptyLine, isFromLine(line) {
                if let current { messages.append(current) }
                current = []
            } else {
                current?.append(contentsOf: line)
                current?.append(10)
            }
            isBehindEmptyLine = line.isEmpty || (line.count == 1 && line.first == 13)
        }
        if let current { messages.append(current) }
        return messages
    }

    private static func isFromLine(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: Array("From ".utf8)) else { return false }
        let text = String(decoding: line, as: UTF8.self)
        return text.contains(" 19") || text.contains(" 20")
    }

    /// Every line end as CRLF.
    package static func withCRLF(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 40)
        var isBehindReturn = false
        for byte in bytes {
            if byte == 13 {
                output += [13, 10]
            } else if byte == 10 {
                if !isBehindReturn { output += [13, 10] }
            } else {
                output.append(byte)
            }
            isBehindReturn = byte == 13
        }
        return output
    }
}
