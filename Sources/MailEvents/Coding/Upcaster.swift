import MailModel

/// Brings records of earlier schema versions to the newest one, as they are read.
///
/// So far there is one version: nothing is to be done but to refuse what is no version. The next
/// one adds its case here, turning version 1's messages into its own (`Schemas/README.md`).
enum Upcaster {
    static let newestVersion: UInt32 = 1

    static func upcast(
        _ record: Hindsight_V1_Record, at position: LogPosition
    ) throws(RecordError) -> Hindsight_V1_Record {
        switch record.schemaVersion {
        case 0: throw .malformed(position: position, field: "schema_version", defect: .missing)
        case 1: return record
        default: throw .newerSchema(position: position, version: record.schemaVersion)
        }
    }
}
