import MailEvents
import MailModel
import MailboxStore

/// Reads every named body and compares it with its digest.
package struct BodyCheck {
    /// - Parameter progress: called with the number of bodies checked so far.
    package static func run(
        _ store: MailboxStore, into report: inout AuditReport, progress: (Int) -> Void = { _ in }
    ) throws(StoreError) {
        var defects = 0
        for (digest, location) in try store.namedBodies() {
            guard defects < AuditReport.defectLimit else { return }
            if let defect = check(digest, location, in: store) {
                report.defects.append(defect)
                defects += 1
            }
            report.bodiesChecked += 1
            if report.bodiesChecked.isMultiple(of: 1000) { progress(report.bodiesChecked) }
        }
    }

    private static func check(
        _ digest: BodyDigest, _ location: BodyLocation, in store: MailboxStore
    ) -> String? {
        let place = "segment \(location.segment) offset \(location.offset)"
        do throws(StoreError) {
            return try store.bodies.verify(location, digest)
                ? nil : "body \(digest): the bytes in \(place) are not those it names"
        } catch {
            return "body \(digest) in \(place): \(error)"
        }
    }
}
