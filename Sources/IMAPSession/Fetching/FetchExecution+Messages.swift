import IMAPCodec
import MIME
import MailEvents
import MailModel
import MailboxStore
import NIOCore

/// Messages.
extension FetchExecution {
    /// Writes messages from one snapshot, until the out-buffer is full or a large body is met.
    mutating func walkOn(
        in session: borrowing Session, out: inout ResponseWriter
    ) throws(StoreError) {
        guard var walk else { return }
        let context = session.context
        let limit = context.limits.outHighWaterBytes
        let showsFlags = plan.row.contains(.flags) || !marked.isEmpty
        let recent = selected.view.recentAmongShown
        let plan = plan
        let marked = marked
        try context.store.read { reader throws(StoreError) in
            var keywords: KeywordTexts?
            if showsFlags { keywords = try selected.keywordTexts(on: reader, to: &out) }
            try walk.run(on: reader) { stop throws(StoreError) in
                visitsLeft -= 1
                if let since = plan.changedSince, stop.row.modSeq <= since {
                    return visitsLeft > 0 ? .goOn : .pause
                }
                let isMarked = !marked.isEmpty && marked.contains(stop.uid)
                let items = isMarked ? markedItems : plan.row
                let values = items.values(
                    of: stop, &keywords, isRecent: !recent.isEmpty && recent.contains(stop.uid))
                if plan.needsRowOnly {
                    out.writeFetch(sequenceNumber: stop.sequenceNumber, values)
                } else {
                    let verdict = try visit(stop, values, on: reader, context, out: &out)
                    guard verdict == .goOn else { return verdict }
                }
                return out.buffer.readableBytes < limit && visitsLeft > 0 ? .goOn : .pause
            }
        }
        self.walk = walk
    }

    /// A message of which the summary or the bytes are wanted.
    private mutating func visit(
        _ stop: MessageWalk.Stop, _ values: FetchRow, on reader: borrowing StoreReader,
        _ context: SessionContext, out: inout ResponseWriter
    ) throws(StoreError) -> MessageWalk.Verdict {
        let email = stop.row.emailID
        guard !plan.summary.isEmpty || !plan.contents.isEmpty else {
            writeHead(of: stop, values, nil, out: &out)
            out.endFetch()
            return .goOn
        }
        guard let found = try reader.summary(email), let summary = StoredSummary(found.stored)
        else {
            writeDamaged(stop, values, nil, out: &out)
            return .goOn
        }
        guard !plan.contents.isEmpty else {
            writeHead(of: stop, values, summary, out: &out)
            out.endFetch()
            return .goOn
        }
        if plan.needsKeptFieldsOnly, plan.contents.count <= FetchExecution.fewItems,
            let kept = summary.keptFields
        {
            spend(bytes: UInt64(256 * plan.contents.count))
            writeHead(of: stop, values, summary, out: &out)
            writeFields(of: kept, out: &out)
            return .goOn
        }
        guard damaged != email, let location = try reader.bodyLocation(found.digest),
            isWhole(location, found.digest, in: context.store.bodies)
        else {
            writeDamaged(stop, values, summary, out: &out)
            return .goOn
        }
        // Opening a body takes about as long as some rows.
        spend(bytes: 1024)
        guard !plan.needsStructure || taken?.email == email else {
            damaged = email
            blocked = TakeApartJob(
                email: email, location: location, bodies: context.store.bodies,
                parts: plan.decodedParts, known: selected.knownStructure(of: email))
            return .again
        }
        let apart = plan.needsStructure ? taken : nil
        if apart?.hasUnknownEncodings == true { flaws.insert(.unknownEncoding) }
        let isTold = apart.map { plan.contents.contains(where: $0.tells) } ?? true
        writeHead(of: stop, values, summary, isAlone: !isTold, out: &out)
        let contents = MessageContents(
            email, location, summary, apart, keepsFields: plan.keepsFields)
        current = MessageInProgress(plan.contents, of: contents)
        // A short one is done within this snapshot.
        if location.sizeBytes <= TakenApart.longestOnLoop { writeCurrent(in: context, out: &out) }
        return current == nil && blocked == nil ? .goOn : .pause
    }

    private mutating func isWhole(
        _ location: BodyLocation, _ digest: BodyDigest, in bodies: BodyStore
    ) -> Bool {
        do throws(StoreError) {
            spend(
                bytes: try bodies.expectSound(
                    location, digest, upTo: BodyStore.longestComparedOnLoop))
            return true
        } catch {
            // Told by NIL and by the tagged line; the log names the place.
            return false
        }
    }

    private func writeHead(
        of stop: MessageWalk.Stop, _ values: FetchRow, _ summary: StoredSummary?,
        isAlone: Bool = false, out: inout ResponseWriter
    ) {
        var values = values
        // msg-att has at least one item: RFC 9051 §9. UID is what no client minds.
        if isAlone, values.isEmpty, plan.row.isDisjoint(with: .rare),
            plan.summary.isEmpty || summary == nil
        {
            values.uid = stop.uid
        }
        out.beginFetch(sequenceNumber: stop.sequenceNumber, values)
        plan.row.writeRare(of: stop.row, to: &out)
        if let summary { plan.summary.write(summary, to: &out) }
    }

    /// What Thunderbird, mutt and others list mailboxes with: no body is touched.
    private func writeFields(of kept: KeptFields, out: inout ResponseWriter) {
        for item in plan.contents {
            guard case .headerFields(_, let wanted?) = item.source else { continue }
            if let name = item.readyName {
                out.writeSection(named: name, sizeBytes: kept.byteCount(of: wanted) + 2) { target in
                    kept.copy(wanted, to: target)
                    target[target.count - 2] = UInt8(ascii: "\r")
                    target[target.count - 1] = UInt8(ascii: "\n")
                }
            } else {
                let value = ContentValue.made(kept.section(wanted)).slice(item.partial)
                _ = out.begin(item, value)
                if case .bytes(let content) = value { out.buffer.writeBytes(content.suffix) }
            }
        }
        out.endFetch()
    }

    /// What can be told of a message that cannot be read: its contents are NIL.
    private mutating func writeDamaged(
        _ stop: MessageWalk.Stop, _ values: FetchRow, _ summary: StoredSummary?,
        out: inout ResponseWriter
    ) {
        flaws.insert(.damaged)
        spend(bytes: UInt64(64 * plan.contents.count))
        writeHead(of: stop, values, summary, isAlone: plan.contents.isEmpty, out: &out)
        for item in plan.contents { _ = out.begin(item, .nothing) }
        out.endFetch()
    }

    private mutating func writeCurrent(
        in context: SessionContext, out: inout ResponseWriter
    ) {
        do throws(StoreError) {
            let progress = try current?.write(
                upTo: context.limits.outHighWaterBytes, &visitsLeft, in: context.store.bodies,
                to: &out)
            if current?.isDamaged == true { flaws.insert(.damaged) }
            switch progress {
            case .complete, nil: current = nil
            case .paused: break
            case .needs(let job): blocked = job
            }
        } catch {
            isBroken = true
        }
    }

    mutating func writeCurrent(
        in session: borrowing Session, out: inout ResponseWriter
    ) {
        writeCurrent(in: session.context, out: &out)
    }
}
