/// How a letter's body is built of MIME parts: RFC 2046 §5.1.
///
/// Six letters of eight are plain text, one has an alternative in HTML, one an attachment; large
/// letters all have an attachment.
struct LetterForm {
    /// From Content-Type of the header to the start of the text.
    let opening: [UInt8]
    /// What stands between the text and the attachment.
    let middle: [UInt8]
    let closing: [UInt8]
    let isBase64InTheMiddle: Bool

    init(of number: Int, size: Int) {
        let boundary = "=_part_\(number)_="
        switch number % 8 {
        case 3 where size < LetterForm.largeBytes: self.init(alternative: boundary)
        case 5: self.init(attachment: boundary)
        default:
            if size >= LetterForm.largeBytes {
                self.init(attachment: boundary)
            } else {
                self.init(opening: LetterForm.text)
            }
        }
    }

    private static let largeBytes = 65_536
    private static let text = "Content-Type: text/plain; charset=utf-8\r\n\r\n"

    private init(
        opening: String, middle: String = "", closing: String = "",
        isBase64InTheMiddle: Bool = false
    ) {
        self.opening = Array(opening.utf8)
        self.middle = Array(middle.utf8)
        self.closing = Array(closing.utf8)
        self.isBase64InTheMiddle = isBase64InTheMiddle
    }

    private init(alternative boundary: String) {
        self.init(
            opening: """
                Content-Type: multipart/alternative; boundary="\(boundary)"\r\n\r
                --\(boundary)\r\n\(LetterForm.text)
                """,
            middle: """
                \r\n--\(boundary)\r
                Content-Type: text/html; charset=utf-8\r\n\r
                <html><body><p>The same, in colour.</p></body></html>
                """,
            closing: "\r\n--\(boundary)--\r\n")
    }

    private init(attachment boundary: String) {
        self.init(
            opening: """
                Content-Type: multipart/mixed; boundary="\(boundary)"\r\n\r
                --\(boundary)\r\n\(LetterForm.text)
                """,
            middle: """
                \r\n--\(boundary)\r
                Content-Type: application/octet-stream; name="data.bin"\r
                Content-Transfer-Encoding: base64\r
                Content-Disposition: attachment; filename="data.bin"\r\n\r

                """,
            closing: "\r\n--\(boundary)--\r\n", isBase64InTheMiddle: true)
    }
}
