/// The items of one FETCH response, in the order the server chose: RFC 9051 §7.5.2.
struct FetchItems: Sequence, IteratorProtocol {
    struct Item {
        let name: UnsafeRawBufferPointer
        let value: UnsafeRawBufferPointer

        func isNamed(_ text: StaticString) -> Bool {
            name.count == text.utf8CodeUnitCount && name.has(text, at: 0)
        }

        /// The value as a number, or nil.
        var number: Int? {
            var cursor = Cursor(value)
            return cursor.number()
        }
    }

    private var cursor: Cursor
    private var isBroken = false

    init(_ bytes: UnsafeRawBufferPointer, at position: Int) {
        cursor = Cursor(bytes, at: position)
    }

    /// The next item; nil at the end, and where the response is broken: see `endedWell`.
    mutating func next() -> Item? {
        _ = cursor.skip(0x20)
        guard cursor.current != 0x29 else { return nil }
        guard let name = cursor.atom(), cursor.skip(0x20), let value = cursor.value() else {
            isBroken = true
            return nil
        }
        return Item(name: name, value: value)
    }

    /// Whether all items were read, and nothing but the closing parenthesis is left.
    var endedWell: Bool {
        !isBroken && cursor.current == 0x29 && cursor.position == cursor.bytes.count - 1
    }
}
