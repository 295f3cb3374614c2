import LMDB
import MailEvents
import MailModel

/// What an audit walks.
extension MailboxStore {
    /// Every body that the store names, and where its bytes should be, in the order of the disk.
    package func namedBodies() throws(StoreError) -> [(BodyDigest, BodyLocation)] {
        var result: [(BodyDigest, BodyLocation)] = []
        do throws(LMDBError) {
            let transaction = try core.environment.beginRead()
            var scan = try transaction.scan(core.tables.bodies)
            while let entry = try scan.next() {
                guard let digest = BodyDigest(bytes: entry.key), let row = BodyRow(entry.value)
                else { continue }
                result.append((digest, row.location))
            }
        } catch {
            throw .storage(error)
        }
        return result.sorted {
            ($0.1.segment, $0.1.offset) < ($1.1.segment, $1.1.offset)
        }
    }
}

extension StoreReader {
    /// Every mailbox that has a row: live ones and ghosts.
    package borrowing func allMailboxes() throws(StoreError) -> [MailboxID] {
        var result: [MailboxID] = []
        var scan = try rows(prefix: RowPrefix.all(.mailbox))
        while let entry = try scan.nextRow() {
            var key = RowReader(entry.key)
            _ = key.next(UInt8.self)
            if let id: UInt64 = key.next() { result.append(MailboxID(id)) }
        }
        return result
    }
}
