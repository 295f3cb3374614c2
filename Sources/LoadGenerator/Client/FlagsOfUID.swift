/// `UID n FLAGS (…)`, in either order: the items of most FETCH responses, read at once. The load
/// generator shares its machine with the server, so what it needs for one of a hundred thousand
/// counts.
struct FlagsOfUID {
    let uid: Int
    /// With the parentheses.
    let flags: UnsafeRawBufferPointer

    /// - Returns: nil when the items are anything else, or not well-formed.
    init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
        var uid: Int?
        var flags: UnsafeRawBufferPointer?
        var position = start
        while position < bytes.count - 1 {
            if uid == nil, bytes.has("UID ", at: position) {
                var cursor = Cursor(bytes, at: position + 4)
                uid = cursor.number()
                position = cursor.position
            } else if flags == nil, bytes.has("FLAGS (", at: position) {
                let end = Self.closing(bytes, from: position + 7)
                guard end < bytes.count else { return nil }
                flags = UnsafeRawBufferPointer(rebasing: bytes[(position + 6)...end])
                position = end + 1
            } else {
                return nil
            }
            if position < bytes.count - 1 {
                guard bytes[position] == 0x20 else { return nil }
                position += 1
            }
        }
        guard let uid, let flags, position == bytes.count - 1, bytes[position] == 0x29 else {
            return nil
        }
        self.uid = uid
        self.flags = flags
    }

    private static func closing(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position] != 0x29 { position += 1 }
        return position
    }

    var isSeen: Bool { flags.position(of: "\\Seen") != nil }
}
