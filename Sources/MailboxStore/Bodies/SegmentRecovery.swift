import Glibc

/// The end of the last named body of each segment that has one, from a fresh read of `bodies`.
package typealias NamedEnds = @Sendable () throws(StoreError) -> [UInt32: UInt64]

/// What recovery found and did.
package struct SegmentRecovery: Hashable, Sendable {
    /// Bytes behind the last body that were cut off.
    package struct Cut: Hashable, Sendable {
        package let segment: UInt32
        package let sizeBytes: UInt64
    }

    package private(set) var cuts: [Cut] = []
    /// Segments that hold no body, removed.
    package private(set) var removedSegments: [UInt32] = []
    /// Whole bodies that nothing names, left where they are: a crash's, of which nobody was told
    /// that they are stored, or those of a newer log than the one at hand.
    package private(set) var unnamed: [UnnamedBodies] = []
    /// Bodies that were on their way in when their process ended, removed.
    package private(set) var removedIncoming = 0
    /// Segments left alone because another process writes them.
    package private(set) var busySegments: [UInt32] = []
    /// Named segments that are missing, too short or no segments, each with what is wrong. Their
    /// bodies give errors when read; everything else is served.
    package private(set) var damage: [String] = []

    private static let lockedAtOnce = 64

    /// Cuts off and removes what a crash left and is no body: DESIGN §9.
    ///
    /// Only a whole body can be one that somebody was told of, by a log that was lost since. So none is
    /// ever destroyed here.
    ///
    /// Files that another process holds locked are skipped. A file is judged by `namedEnds` as read
    /// *after* its lock was taken: its last writer has then committed, or never will.
    init(of directory: SegmentDirectory, namedEnds: NamedEnds) throws(StoreError) {
        let door = try directory.door(LOCK_EX)
        defer { withExtendedLifetime(door) {} }
        var suspects = try SegmentRecovery.suspects(in: directory, try namedEnds())[...]
        while !suspects.isEmpty {
            try recover(suspects.prefix(SegmentRecovery.lockedAtOnce), in: directory, namedEnds)
            suspects = suspects.dropFirst(SegmentRecovery.lockedAtOnce)
        }
        try findMissing(in: directory, try namedEnds())
        for path in try directory.incomingPaths() {
            guard let file = try SegmentDirectory.lock(path) else { continue }
            if unlink(file.path) == 0 { removedIncoming += 1 }
        }
    }

    /// Segments that do not end where their last named body does. Most do, and are not opened.
    private static func suspects(
        in directory: SegmentDirectory, _ ends: [UInt32: UInt64]
    ) throws(StoreError) -> [UInt32] {
        try directory.numbers().filter { number in
            var status = stat()
            guard let end = ends[number], let aligned = SegmentFormat.aligned(end),
                stat(directory.path(of: number), &status) == 0
            else { return true }
            return !(end...aligned).contains(UInt64(clamping: status.st_size))
        }
    }

    private mutating func recover(
        _ numbers: ArraySlice<UInt32>, in directory: SegmentDirectory, _ namedEnds: NamedEnds
    ) throws(StoreError) {
        var locked: [(number: UInt32, file: OpenFile)] = []
        for number in numbers {
            if let file = try directory.lockSegment(number) {
                locked.append((number, file))
            } else {
                busySegments.append(number)
            }
        }
        let ends = try namedEnds()
        for (number, file) in locked { try recover(number, file, namedEnd: ends[number]) }
    }

    private mutating func recover(
        _ number: UInt32, _ file: OpenFile, namedEnd: UInt64?
    ) throws(StoreError) {
        let tail = try SegmentTail(of: file, number: number, namedEnd: namedEnd)
        switch tail.damage {
        case .endsTooEarly(let namedEnd, let sizeBytes):
            damage.append("\(file.path) ends at \(sizeBytes), its last body at \(namedEnd)")
        case .isNoSegment:
            damage.append("\(file.path) does not begin as a segment of this format")
        case nil: try cut(tail, of: number, isNamed: namedEnd != nil)
        }
    }

    private mutating func cut(
        _ tail: SegmentTail, of number: UInt32, isNamed: Bool
    ) throws(StoreError) {
        let kept = try tail.unnamedBodies()
        if let kept { unnamed.append(kept) }
        guard isNamed || kept != nil else {
            guard unlink(tail.file.path) == 0 else { throw tail.file.failure("unlink") }
            removedSegments.append(number)
            return
        }
        let sizeBytes = try tail.cut(keeping: kept)
        if sizeBytes > 0 { cuts.append(Cut(segment: number, sizeBytes: sizeBytes)) }
    }

    private mutating func findMissing(
        in directory: SegmentDirectory, _ ends: [UInt32: UInt64]
    ) throws(StoreError) {
        let present = Set(try directory.numbers())
        for number in ends.keys.sorted() where !present.contains(number) {
            damage.append("\(directory.path(of: number)) is missing")
        }
    }
}
