import MIME
import MailModel
import MailSearch
import MailboxStore

/// A message as a search looks at it: the row in place, the rest read when a condition asks.
///
/// Valid only during the visit of the walk that met it.
struct SearchedMessage: SearchableMessage {
    private let stop: MessageWalk.Stop
    private let snapshot: SearchSnapshot

    init(_ stop: MessageWalk.Stop, in snapshot: SearchSnapshot) {
        self.stop = stop
        self.snapshot = snapshot
    }

    var uid: UInt32 { stop.uid }
    var sequenceNumber: UInt32 { stop.sequenceNumber }
    var systemFlags: SystemFlags { stop.row.flags }
    var isRecent: Bool { snapshot.recent.contains(stop.uid) }
    var internalDate: InternalDate { stop.row.internalDate }
    var saveDateSeconds: Int64? { stop.row.savedSeconds }
    var sizeBytes: UInt64 { stop.row.sizeBytes }
    var modSeq: ModSeq { stop.row.modSeq }
    var emailID: EmailID { stop.row.emailID }

    func hasKeyword(_ keyword: Keyword) -> Bool {
        let bits = stop.row.keywordBytes
        guard !bits.isEmpty, let bit = snapshot.bit(of: keyword), bit / 8 < bits.count else {
            return false
        }
        return bits[bit / 8] & (1 << (bit % 8)) != 0
    }

    func sentDate() throws -> InternalDate? {
        let summary = try snapshot.summary(emailID)
        return summary.sentDate.map {
            InternalDate(
                secondsSinceEpoch: $0, zoneMinutes: summary.sentDateZoneMinutes ?? 0)
        }
    }

    func hasHeader(_ name: String, containing needle: SearchNeedle?) throws -> Bool {
        try snapshot.hasField(name, of: emailID, containing: needle)
    }

    func bodyContains(_ needle: SearchNeedle) throws -> Bool {
        try snapshot.checkTime()
        return try snapshot.withText(emailID) {
            try $0.bodyContains(needle, pause: snapshot.checkTime)
        }
    }

    func textContains(_ needle: SearchNeedle) throws -> Bool {
        try snapshot.checkTime()
        return try snapshot.withText(emailID) {
            try $0.contains(needle, pause: snapshot.checkTime)
        }
    }
}
