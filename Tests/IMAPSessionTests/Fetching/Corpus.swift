import Foundation

/// The shared mail corpus, where it is: next to the checkout or at HINDSIGHT_CORPUS.
enum Corpus {
    /// - Returns: nil, and a line printed, when there is none.
    static func folder(_ name: String) -> [(file: String, bytes: [UInt8])]? {
        guard let root else {
            print("skipped: no mail corpus was found; set HINDSIGHT_CORPUS")
            return nil
        }
        let folder = root.appendingPathComponent(name)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".eml") }.sorted().compactMap { file in
            (try? Data(contentsOf: folder.appendingPathComponent(file))).map { (file, [UInt8]($0)) }
        }
    }

    private static var root: URL? {
        if let path = ProcessInfo.processInfo.environment["HINDSIGHT_CORPUS"] {
            return URL(fileURLWithPath: path)
        }
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let corpus = folder.appendingPathComponent("shared/corpus")
            if FileManager.default.fileExists(atPath: corpus.path) { return corpus }
        }
        return nil
    }
}
