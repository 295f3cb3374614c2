/// What an audit of a store found: what was looked at, and every defect by name.
package struct AuditReport: Sendable {
    package var recordsChecked = 0
    package var bodiesChecked = 0
    package var mailboxesChecked = 0
    package var messagesChecked = 0
    /// Each says what and where. At most `defectLimit` of one check are kept.
    package var defects: [String] = []

    /// One broken link usually breaks what follows; the first few say it all.
    package static let defectLimit = 20

    package init() {}

    package var isSound: Bool { defects.isEmpty }
}
