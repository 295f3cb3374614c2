/// A series of letters, each given by its number alone: the same bytes in every run.
///
/// Letters look like mail: two Received lines, a thread's References, MIME with an attachment or an
/// alternative in some, a body of words in lines of at most 76 bytes. Sizes are exact.
struct Letters {
    let seed: UInt64
    /// The least size is 1,500 bytes, so that every kind of letter fits.
    let sizes: ClosedRange<Int>

    /// One letter in this many has the known word in its subject.
    static let subjectWordEvery = 100
    /// One letter in this many has the known word in its text.
    static let bodyWordEvery = 50
    /// One letter in this many is not marked as seen when a mailbox is filled.
    static let unseenEvery = 5

    init(seed: UInt64 = 1, sizes: ClosedRange<Int>) {
        precondition(sizes.lowerBound >= 1500, "a letter has room for its header")
        self.seed = seed
        self.sizes = sizes
    }

    init(seed: UInt64 = 1, size: Int) { self.init(seed: seed, sizes: size...size) }

    static func hasSubjectWord(_ number: Int) -> Bool { number % subjectWordEvery == 7 }
    static func hasBodyWord(_ number: Int) -> Bool { number % bodyWordEvery == 3 }
    static func isUnseen(_ number: Int) -> Bool { number % unseenEvery == 1 }

    /// How many of the letters 1...count satisfy a rule.
    static func count(_ count: Int, where rule: (Int) -> Bool) -> Int {
        count > 0 ? (1...count).count(where: rule) : 0
    }

    /// Bytes of the letter, uniform over `sizes`.
    func size(of number: Int) -> Int {
        guard sizes.count > 1 else { return sizes.lowerBound }
        var random = self.random(number, salt: 1)
        return sizes.lowerBound + random.below(sizes.count)
    }

    /// When it arrived: a minute after the letter before.
    func arrival(of number: Int) -> MailDate {
        MailDate(secondsSince1970: 1_577_836_800 + number * 60)
    }

    /// Appends the letter.
    func write(_ number: Int, to output: ByteQueue) {
        let size = size(of: number)
        output.reserve(size)
        let end = output.count + size
        var random = self.random(number, salt: 2)
        let form = LetterForm(of: number, size: size)
        writeHeader(number, &random, to: output)
        output.append(form.opening)
        let rest = end - output.count - form.middle.count - form.closing.count
        let text = LetterText(length: form.isBase64InTheMiddle ? min(rest / 4, 4096) : rest)
        text.write(&random, hasKnownWord: Letters.hasBodyWord(number), to: output)
        output.append(form.middle)
        if form.isBase64InTheMiddle {
            LetterText(length: rest - text.length).writeBase64(&random, to: output)
        }
        output.append(form.closing)
        assert(output.count == end, "a letter has the size it was promised")
    }

    /// `<letter-0000000007.0000000001@load.example>`
    func writeMessageID(_ number: Int, to output: ByteQueue) {
        output.append("<letter-")
        output.append(decimal: number, width: 10)
        output.append(".")
        output.append(decimal: Int(truncatingIfNeeded: seed & 0x7FFF_FFFF), width: 10)
        output.append("@load.example>")
    }

    private func random(_ number: Int, salt: UInt64) -> Random {
        Random(seed: seed &* 0x1_0000_0001 ^ UInt64(number) &* 0x9E37_79B1 ^ salt << 56)
    }
}

extension Letters {
    private func writeHeader(_ number: Int, _ random: inout Random, to output: ByteQueue) {
        let date = arrival(of: number)
        for host: StaticString in ["mx1.load.example", "relay.example.org"] {
            output.append("Received: from ")
            output.append(host)
            output.append(" by mail.load.example with ESMTPS id ")
            output.append(decimal: Int(random.next() >> 34), width: 10)
            output.append("\r\n\tfor <reader@load.example>; ")
            date.writeHeaderForm(to: output)
            output.append("\r\n")
        }
        output.append("Message-ID: ")
        writeMessageID(number, to: output)
        output.append("\r\n")
        writeThread(number, to: output)
        output.append("Date: ")
        date.writeHeaderForm(to: output)
        output.append("\r\n")
        writeAddresses("From: ", 1, &random, to: output)
        writeAddresses("To: ", 1 + number % 3, &random, to: output)
        if number % 4 == 0 { writeAddresses("Cc: ", 2, &random, to: output) }
        writeSubject(number, &random, to: output)
        output.append("User-Agent: LoadLetter/1.0\r\nMIME-Version: 1.0\r\n")
    }

    /// Letters come in threads of eight, each an answer to the one before.
    private func writeThread(_ number: Int, to output: ByteQueue) {
        let place = number % 8
        guard place > 0, number > place else { return }
        output.append("In-Reply-To: ")
        writeMessageID(number - 1, to: output)
        output.append("\r\nReferences:")
        for earlier in (number - min(place, 4))..<number {
            output.append("\r\n ")
            writeMessageID(earlier, to: output)
        }
        output.append("\r\n")
    }

    private func writeAddresses(
        _ name: StaticString, _ count: Int, _ random: inout Random, to output: ByteQueue
    ) {
        output.append(name)
        for index in 0..<count {
            if index > 0 { output.append(",\r\n ") }
            let person = random.below(Vocabulary.people.count)
            output.append(Vocabulary.people[person])
            output.append(" <person")
            output.append(decimal: person)
            output.append("@load.example>")
        }
        output.append("\r\n")
    }

    private func writeSubject(_ number: Int, _ random: inout Random, to output: ByteQueue) {
        output.append("Subject: ")
        if number % 8 > 0 { output.append("Re: ") }
        if number % 16 == 9 { output.append("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= ") }
        for index in 0..<4 + number % 3 {
            if index > 0 { output.append(byte: 0x20) }
            output.append(Vocabulary.words[random.below(Vocabulary.words.count)])
        }
        if Letters.hasSubjectWord(number) {
            output.append(byte: 0x20)
            output.append(Vocabulary.subjectWord)
        }
        output.append("\r\n")
    }
}
