/// What `hindsight verify` and `hindsight rebuild --compare` say of a store.
enum StoreAudit {
    /// Empty when both pass.
    static func defects(of store: String) throws -> [String] {
        try [["verify"], ["rebuild", "--compare"]].compactMap { words in
            let result = try Programs.run([Programs.hindsight] + words + ["--store", store])
            return result.status == 0
                ? nil : "hindsight \(words.joined(separator: " ")): \(result.report)"
        }
    }
}
