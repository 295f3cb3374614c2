/// Whom a session logs in as.
struct Account: Hashable {
    let name: String
    let password: String
}

/// How accounts are named: `user%d`, where `%d` becomes a number.
struct AccountPattern {
    let pattern: String
    let password: String
    /// The number that stands for account 0 of the profiles.
    let first: Int

    subscript(number: Int) -> Account {
        guard let place = pattern.firstRange(of: "%d") else {
            return Account(name: pattern, password: password)
        }
        let name = pattern.replacingCharacters(in: place, with: String(first + number))
        return Account(name: name, password: password)
    }
}

extension String {
    fileprivate func firstRange(of mark: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(mark) }
            .map { $0..<index($0, offsetBy: mark.count) }
    }

    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
