import LMDB
import MailModel

/// What the answers of a layer hold for.
package struct PolicyKey: RowKey {
    package var kind: RowKind { .policy }
    let scope: PolicyScope

    package init(_ scope: PolicyScope) { self.scope = scope }

    /// - Returns: nil when the bytes are no such key.
    package static func scope(in key: UnsafeRawBufferPointer) -> PolicyScope? {
        var reader = RowReader(key)
        guard reader.next(UInt8.self) == RowKind.policy.rawValue, let level: UInt8 = reader.next(),
            let id: UInt64 = reader.next()
        else { return nil }
        return switch level {
        case 1: .configuration
        case 2: .store
        case 3: .account(AccountID(id))
        case 4: .mailbox(MailboxID(id))
        default: nil
        }
    }

    package func write(to key: inout KeyWriter) {
        let (level, id): (UInt8, UInt64) =
            switch scope {
            case .configuration: (1, 0)
            case .store: (2, 0)
            case .account(let account): (3, account.rawValue)
            case .mailbox(let mailbox): (4, mailbox.rawValue)
            }
        key.append(kind.rawValue)
        key.append(level)
        key.append(id)
    }
}

/// The answers of a layer, a byte each.
package struct PolicyRow: StoredRow {
    package let layer: PolicyLayer

    package init(_ layer: PolicyLayer) { self.layer = layer }

    /// - Returns: nil when the bytes are no such row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var answers: [PolicyAnswer] = []
        for byte in bytes {
            guard let answer = PolicyAnswer(rawValue: UInt32(byte)),
                answer.question.rawValue > answers.last?.question.rawValue ?? 0
            else { return nil }
            answers.append(answer)
        }
        layer = PolicyLayer(answers)
    }

    package var rowBytes: Int { layer.answers.count }

    package func fill(_ row: inout RowWriter) {
        for answer in layer.answers { row.put(UInt8(truncatingIfNeeded: answer.rawValue)) }
    }
}
