import MailEvents

/// The bodies of one batch, placed and not yet named: what `apply` asks when it names them.
final class BatchBodies: BodyFacts {
    private struct Body {
        /// nil: the table `bodies` had it already.
        let location: BodyLocation?
        let summary: [UInt8]
    }

    private var bodies: [BodyDigest: Body] = [:]

    func add(_ body: IncomingBody, at location: BodyLocation?) {
        bodies[body.digest] = Body(location: location, summary: body.summary)
    }

    func isKnown(_ digest: BodyDigest) -> Bool { bodies[digest] != nil }

    func newLocation(of digest: BodyDigest) -> BodyLocation? { bodies[digest]?.location }

    func summary(of digest: BodyDigest, at _: BodyLocation) throws(StoreError) -> [UInt8] {
        guard let body = bodies[digest] else {
            throw .body("body \(digest) was named before it was read")
        }
        return body.summary
    }
}
