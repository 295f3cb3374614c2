import MailModel
import MailboxStore

/// Messages that look like mail; each number gives another one.
enum SampleMail {
    /// - Parameter sizeBytes: of the whole message; never less than its header.
    static func bytes(_ number: Int, sizeBytes: Int = 4096) -> [UInt8] {
        let header = """
            Return-Path: <anna.\(number)@example.org>\r
            Received: from mail.example.org (mail.example.org [192.0.2.25])\r
            \tby mx.example.net (Postfix) with ESMTPS id 4F\(number)Z\r
            \tfor <bert@example.net>; Mon, 05 Jan 2026 10:11:12 +0100 (CET)\r
            From: =?utf-8?q?Anna_M=C3=BCller?= <anna.\(number)@example.org>\r
            To: Bert <bert@example.net>, "Carla, the third" <carla@example.net>\r
            Cc: undisclosed <team@example.net>\r
            Subject: Minutes of meeting \(number), and what follows from them\r
            Date: Mon, 05 Jan 2026 10:11:12 +0100\r
            Message-ID: <\(number).20260105101112@example.org>\r
            In-Reply-To: <\(number / 2).20260105101112@example.org>\r
            References: <1.20260105101112@example.org> <\(number / 2).20260105101112@example.org>\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8; format=flowed\r
            Content-Transfer-Encoding: 8bit\r
            \r

            """
        let line = Array(
            "The quick brown fox jumps over the lazy dog, line after line of it.\r\n".utf8)
        var bytes = Array(header.utf8)
        bytes.reserveCapacity(max(sizeBytes, bytes.count))
        while bytes.count + line.count <= sizeBytes { bytes.append(contentsOf: line) }
        while bytes.count + 2 < sizeBytes { bytes.append(UInt8(ascii: ".")) }
        if bytes.count + 2 <= sizeBytes { bytes.append(contentsOf: [13, 10]) }
        return bytes
    }

    static func body(_ number: Int, sizeBytes: Int = 4096) -> IncomingBody {
        IncomingBody(of: bytes(number, sizeBytes: sizeBytes))
    }

    static func message(_ body: IncomingBody) -> IncomingMessage {
        IncomingMessage(
            body: body, flags: FlagSet(),
            internalDate: InternalDate(secondsSinceEpoch: 1_767_604_272, zoneMinutes: 60))
    }
}
