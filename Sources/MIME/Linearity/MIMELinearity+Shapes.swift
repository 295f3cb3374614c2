extension MIMELinearity {
    public static let shapes: [Shape] = [
        Shape(name: "many boundaries") { size in
            multipart("b") + repeated("--b\r\n\r\nx\r\n", size)
        },
        Shape(name: "boundary look-alikes in deep nesting") { size in
            nested(60) + repeated("--same-long-beginning-of-a-boundary-000000\r\n", size)
        },
        Shape(name: "deep nesting") { size in
            repeated("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", size)
        },
        Shape(name: "messages within messages") { size in
            repeated("Content-Type: message/rfc822\r\n\r\n", size)
        },
        Shape(name: "one long header line") { size in
            bytes("Subject: ") + repeated("=?utf-8?q?", size) + bytes("\r\n\r\nx")
        },
        Shape(name: "many header fields") { size in repeated("X-A: b\r\n", size) + bytes("\r\nx") },
        Shape(name: "a huge address list") { size in
            bytes("To: ") + repeated("a <b@c>,\r\n ", size) + bytes("\r\n\r\nx")
        },
        Shape(name: "unclosed comments") { size in
            bytes("To: ") + repeated("((a(", size) + bytes("\r\n\r\nx")
        },
        Shape(name: "unclosed quotes") { size in
            bytes("From: ") + repeated("\\\"[<", size) + bytes("\r\n\r\nx")
        },
        Shape(name: "many encoded words") { size in
            bytes("Subject: ") + repeated("=?koi8-r?b?8A==?=\r\n ", size) + bytes("\r\n\r\nx")
        },
        Shape(name: "many parameters") { size in
            bytes("Content-Type: a/b") + repeated("; a*0*=b c", size) + bytes("\r\n\r\nx")
        },
        Shape(name: "soft line breaks that are none") { size in
            bytes("Content-Transfer-Encoding: quoted-printable\r\n\r\n") + repeated("=  \t ", size)
        },
    ]

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func repeated(_ text: String, _ size: Int) -> [UInt8] {
        let unit = bytes(text)
        var message: [UInt8] = []
        message.reserveCapacity(size + unit.count)
        while message.count < size { message += unit }
        return message
    }

    private static func multipart(_ boundary: String) -> [UInt8] {
        bytes("Content-Type: multipart/mixed; boundary=\"\(boundary)\"\r\n\r\n")
    }

    /// Multiparts within each other whose boundaries differ only at their ends.
    private static func nested(_ depth: Int) -> [UInt8] {
        var message: [UInt8] = []
        for level in 1...max(1, depth) {
            let boundary = "same-long-beginning-of-a-boundary-\(100_000 + level)"
            message += multipart(boundary) + bytes("--\(boundary)\r\n")
        }
        return message
    }
}
