import MIME
import MailTesting

/// A message written as text; its line ends become CRLF.
func mail(_ text: String) -> [UInt8] { Corpus.withCRLF(Array(text.utf8)) }

func summary(_ bytes: [UInt8], limits: MIMELimits = .standard) -> MessageSummary {
    bytes.withUnsafeBytes { MessageSummary(of: $0, limits: limits) }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

func envelope(_ header: String) -> String { text(summary(mail(header + "\n\nx")).envelope) }

func structure(_ message: String) -> String { text(summary(mail(message)).bodyStructure) }

func section(_ path: [UInt32], _ kind: SectionPath.Kind, of message: [UInt8]) -> String? {
    message.withUnsafeBytes { bytes in
        MessageStructure(parsing: bytes).section(SectionPath(part: path, kind: kind), in: bytes)
            .map { text($0.bytes(in: bytes)) }
    }
}
