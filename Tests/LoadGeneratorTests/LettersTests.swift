import Testing

@testable import LoadGenerator

@Suite struct LettersTests {
    private func letter(_ number: Int, of letters: Letters) -> [UInt8] {
        let queue = ByteQueue()
        letters.write(number, to: queue)
        return Array(queue.bytes)
    }

    @Test(arguments: [1500, 1501, 1502, 1503, 2048, 4096, 51_200, 65_536, 300_001])
    func lettersHaveTheirSizeToTheByte(size: Int) {
        let letters = Letters(size: size)
        for number in 1...16 { #expect(letter(number, of: letters).count == size) }
    }

    @Test func lettersAreTheSameInEveryRun() {
        let letters = Letters(sizes: 1500...9000)
        for number in [1, 2, 3, 5, 8, 4711] {
            #expect(letter(number, of: letters) == letter(number, of: Letters(sizes: 1500...9000)))
            #expect(letter(number, of: letters).count == letters.size(of: number))
        }
        #expect(letter(1, of: letters) != letter(1, of: Letters(seed: 2, sizes: 1500...9000)))
    }

    /// So that a change to the letters is noticed: mailboxes of earlier runs hold the old ones.
    @Test func theFirstLettersAreKnown() {
        var digest: UInt64 = 14_695_981_039_346_656_037
        for number in 1...16 {
            for byte in letter(number, of: Letters(sizes: 1500...9000)) {
                digest = (digest ^ UInt64(byte)) &* 1_099_511_628_211
            }
        }
        #expect(digest == 403_175_678_277_415_939)
    }

    @Test func sizesSpread() {
        let letters = Letters(sizes: 4096...51_200)
        let sizes = (1...1000).map(letters.size(of:))
        #expect(sizes.allSatisfy(letters.sizes.contains))
        #expect((20_000...35_000).contains(sizes.reduce(0, +) / 1000))
    }

    @Test func linesAreMail() throws {
        for number in 1...64 {
            let text = letter(number, of: Letters(sizes: 1500...6000))
            for (index, byte) in text.enumerated() where byte == 0x0A {
                #expect(text[index - 1] == 0x0D)
            }
            #expect(text.allSatisfy { $0 < 0x80 && $0 != 0 })
            #expect(text.suffix(2) == [0x0D, 0x0A])
            let longest = text.split(separator: 0x0A).map(\.count).max() ?? 0
            #expect(longest <= 200)
        }
    }

    @Test func knownWordsStandWhereTheRulesSay() throws {
        for number in 1...200 {
            let text = letter(number, of: Letters(size: 2048))
            let header = HeaderText(text)
            let subject = Array(header.value(of: "Subject: "))
            let inSubject = subject.withUnsafeBytes { $0.position(of: Vocabulary.subjectWord) }
            let inLetter = text.withUnsafeBytes { $0.position(of: Vocabulary.bodyWord) }
            #expect((inSubject != nil) == Letters.hasSubjectWord(number))
            #expect((inLetter != nil) == Letters.hasBodyWord(number))
        }
    }

    @Test func numberedLettersDifferInTheirNumberOnly() {
        let letters = NumberedLetters(size: 4096)
        let first = ByteQueue()
        let again = ByteQueue()
        letters.write(1, to: first)
        letters.write(1 + 64, to: again)
        #expect(first.count == 4096)
        #expect(again.count == 4096)
        let different = zip(first.bytes, again.bytes).count { $0 != $1 }
        #expect((1...10).contains(different))
    }

    @Test(arguments: [
        (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 +0000"),
        (1_709_251_200, "Fri, 1 Mar 2024 00:00:00 +0000"),
        (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 +0000"),
    ])
    func datesAreThoseOfTheCalendar(seconds: Int, text: String) {
        let queue = ByteQueue()
        MailDate(secondsSince1970: seconds).writeHeaderForm(to: queue)
        #expect(String(decoding: queue.bytes, as: UTF8.self) == text)
    }
}
