import MailEvents

/// Reading what may have been damaged on disk: RELIABILITY F4.
extension BodyStore {
    /// What is compared where a session runs: longer would hold up others. A mebibyte costs about a
    /// millisecond.
    package static let longestComparedOnLoop: UInt64 = 1 << 20

    /// Makes sure that a body is there and, the first time since the process started, that its bytes
    /// are those that its digest names.
    ///
    /// - Parameters:
    ///   - digest: what should be there; nil for what the record's own header says.
    ///   - limit: a longer body is only seen to be there.
    /// - Returns: how many bytes were read for it.
    /// - Throws: `StoreError.body`, which `whenDamaged` is told too, once for each body.
    @discardableResult
    package func expectSound(
        _ location: BodyLocation, _ digest: BodyDigest? = nil, upTo limit: UInt64 = .max
    ) throws(StoreError) -> UInt64 {
        let place = SoundBodies.Place(location)
        do throws(StoreError) {
            let region = try region(of: location)
            guard location.sizeBytes <= limit, !sound.contains(place) else { return 0 }
            try compare(location, digest, in: region.file)
        } catch {
            if sound.insertDamaged(place) { whenDamaged(error) }
            throw error
        }
        sound.insert(place)
        return location.sizeBytes
    }

    private func compare(
        _ location: BodyLocation, _ digest: BodyDigest?, in file: OpenFile
    ) throws(StoreError) {
        var named = digest
        if named == nil { named = try header(of: location, in: file)?.digest }
        guard let named else {
            throw .body("\(file.path): no record's header before offset \(location.offset)")
        }
        guard try BodyStore.digest(of: location, in: file) == named else {
            throw .body(
                "body \(named) at offset \(location.offset) of \(file.path): its bytes are altered")
        }
    }

    private func header(
        of location: BodyLocation, in file: OpenFile
    ) throws(StoreError) -> SegmentRecordHeader? {
        let size = UInt64(SegmentRecordHeader.sizeBytes)
        guard location.offset >= size else { return nil }
        let bytes = try file.read(count: Int(size), at: location.offset - size)
        return bytes.withUnsafeBytes { SegmentRecordHeader($0) }
    }
}
