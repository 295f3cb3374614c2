/// Charsets by their MIME names, decoded into UTF-8.
///
/// US-ASCII, UTF-8, ISO-8859-1 and Windows-1252 are decoded here, all others by glibc's iconv(3).
public enum Charset {
    /// Whether text in this charset can be decoded; if not, SEARCH answers [BADCHARSET].
    public static func isKnown(_ name: String) -> Bool {
        guard let canonical = canonicalName(name) else { return false }
        return builtIn(canonical) != nil || IconvDecoder.isKnown(canonical)
    }

    /// - Returns: UTF-8 in which U+FFFD stands for what is not valid; nil when the charset is unknown.
    public static func decode(_ bytes: UnsafeRawBufferPointer, from name: String) -> [UInt8]? {
        guard let canonical = canonicalName(name) else { return nil }
        guard let builtIn = builtIn(canonical) else {
            return IconvDecoder.decode(bytes, from: canonical)
        }
        return builtIn.decode(ByteView(bytes))
    }

    /// - Returns: UTF-8; nil when the charset is unknown, or not all of the bytes are valid in it.
    static func decodeStrictly(_ bytes: UnsafeRawBufferPointer, from name: String) -> [UInt8]? {
        guard let canonical = canonicalName(name) else { return nil }
        if let builtIn = builtIn(canonical) {
            let view = ByteView(bytes)
            return builtIn.isValid(view) ? builtIn.decode(view) : nil
        }
        guard let decoder = IconvDecoder(canonical) else { return nil }
        let text = decoder.decode(bytes, isLast: true)
        return decoder.hasErrors ? nil : text
    }

    /// For text that comes in pieces; nil when the charset is unknown. Pieces of UTF-8 may end within
    /// a character.
    static func decoder(for name: String) -> ((UnsafeRawBufferPointer, Bool) -> [UInt8])? {
        guard let canonical = canonicalName(name) else { return nil }
        switch builtIn(canonical) {
        case .utf8: return { piece, _ in [UInt8](piece) }
        case .some(let charset): return { piece, _ in charset.decode(ByteView(piece)) }
        case nil:
            return IconvDecoder(canonical).map { decoder in { decoder.decode($0, isLast: $1) } }
        }
    }

    /// Text of which nobody said what it is: UTF-8 if it is well-formed, else Windows-1252.
    static func guess(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let view = ByteView(bytes)
        return UTF8Scalars.isValid(view)
            ? view.array(view.range) : BuiltInCharset.windows1252.decode(view)
    }

    static func isASCII(_ name: String) -> Bool { canonicalName(name).flatMap(builtIn) == .ascii }

    private static func builtIn(_ name: String) -> BuiltInCharset? {
        switch name {
        case "us-ascii", "ascii", "ansi_x3.4-1968", "646": .ascii
        case "utf-8", "utf8": .utf8
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1": .latin1
        case "windows-1252", "cp1252": .windows1252
        default: nil
        }
    }

    /// The lower-case name, and what mail calls otherwise than iconv does.
    ///
    /// - Returns: nil for a name with bytes that no charset name has: a slash would hand options to
    ///   iconv, an empty name would mean the server's locale.
    private static func canonicalName(_ name: String) -> String? {
        guard !name.isEmpty, name.utf8.count <= 40 else { return nil }
        var lower: [UInt8] = []
        for byte in name.utf8 {
            guard isNameByte(byte) else { return nil }
            lower.append(ASCII.lowercase(byte))
        }
        let name = String(decoding: lower, as: UTF8.self)
        return aliases[name] ?? name
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.hyphen || byte == ASCII.dot
            || byte == ASCII.underscore || byte == ASCII.colon || byte == ASCII.plus
    }

    /// Supersets stand in for the smaller sets whose names programs misuse.
    private static let aliases: [String: String] = [
        "unicode-1-1-utf-7": "utf-7", "unicode-2-0-utf-7": "utf-7",
        "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
        "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
        "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "ksc5601": "cp949",
        "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8",
        "windows-874": "cp874", "iso-8859-11": "cp874", "koi8_r": "koi8-r",
        "windows-31j": "cp932", "x-euc-jp": "euc-jp",
    ]
}
