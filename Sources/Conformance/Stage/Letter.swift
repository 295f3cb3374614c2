/// A message of the kit's own, which says in every part which one it is.
package enum Letter {
    /// The words that mark a letter: `letter 4 of k3x9`.
    static func mark(_ number: Int, of token: String) -> String { "letter \(number) of \(token)" }

    static func text(_ number: Int, of token: String) -> String {
        """
        Date: Mon, 7 Jul 1997 21:52:\(10 + number) -0800\r
        From: "\(mark(number, of: token))" <conformance@example.org>\r
        Subject: \(mark(number, of: token))\r
        Message-ID: <\(token).\(number)@example.org>\r
        MIME-Version: 1.0\r
        Content-Type: text/plain; charset=us-ascii\r
        \r
        This is \(mark(number, of: token)), made to be deleted.\r

        """
    }

    /// Which letter a text is of.
    ///
    /// - Returns: nil when the text bears no mark.
    package static func number(in text: String) -> Int? {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        for (index, word) in words.enumerated() where word == "letter" && index + 3 < words.count {
            if words[index + 2] == "of", let number = Int(words[index + 1]) { return number }
        }
        return nil
    }
}
