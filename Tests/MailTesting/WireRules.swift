/// What ENVELOPE and BODYSTRUCTURE must look like: RFC 3501 §9, checked on the values read.
package enum WireRules {
    package static func isEnvelope(_ value: WireValue) -> Bool {
        guard let items = value.items, items.count == 10 else { return false }
        return items[0].isNString && items[1].isNString && items[2...7].allSatisfy(isAddressList)
            && items[8].isNString && items[9].isNString
    }

    /// NIL or addresses, in which group marks alternate.
    private static func isAddressList(_ value: WireValue) -> Bool {
        guard let items = value.items else { return value == .null }
        var isInGroup = false
        for item in items {
            guard let fields = item.items, fields.count == 4, fields.allSatisfy(\.isNString) else {
                return false
            }
            guard fields[3] == .null else {
                guard fields[2].isString else { return false }
                continue
            }
            // A host that is NIL marks a group: its name starts it, NIL ends it.
            guard isInGroup == (fields[2] == .null) else { return false }
            isInGroup.toggle()
        }
        return !isInGroup
    }

    /// A part as the body structure tells it, with its part number.
    package struct Shown {
        package var path: [UInt32]
        package var type: String
        /// nil for a multipart.
        package var octets: Int?
        package var isMessage = false
    }

    /// The parts in the order of the message, or nil when the value is no body structure.
    package static func parts(_ body: WireValue, isExtended: Bool) -> [Shown]? {
        var shown: [Shown] = []
        guard collect(body, [], isRoot: true, isExtended, &shown) else { return nil }
        return shown
    }

    private static func collect(
        _ body: WireValue, _ path: [UInt32], isRoot: Bool, _ isExtended: Bool,
        _ shown: inout [Shown]
    ) -> Bool {
        guard let items = body.items else { return false }
        let isMultipart = items.first?.items != nil
        return isMultipart
            ? multipart(items, path, isExtended, &shown)
            : single(items, isRoot ? path + [1] : path, isExtended, &shown)
    }

    private static func multipart(
        _ items: [WireValue], _ path: [UInt32], _ isExtended: Bool, _ shown: inout [Shown]
    ) -> Bool {
        let children = items.prefix { $0.items != nil }
        let rest = Array(items.dropFirst(children.count))
        guard let subtype = rest.first?.text, rest.count == (isExtended ? 5 : 1) else {
            return false
        }
        shown.append(Shown(path: path, type: "multipart/" + subtype.lowercased(), octets: nil))
        if isExtended {
            guard isParameters(rest[1]), isTail(Array(rest[2...])) else { return false }
        }
        for (index, child) in children.enumerated() {
            let number = path + [UInt32(index + 1)]
            guard collect(child, number, isRoot: false, isExtended, &shown) else { return false }
        }
        return true
    }

    private static func single(
        _ items: [WireValue], _ path: [UInt32], _ isExtended: Bool, _ shown: inout [Shown]
    ) -> Bool {
        guard items.count >= 7, let type = items[0].text?.lowercased(),
            let subtype = items[1].text?.lowercased(), isParameters(items[2]), items[3].isNString,
            items[4].isNString, items[5].isString, let octets = items[6].count
        else { return false }
        var rest = Array(items[7...])
        let isMessage = type == "message" && subtype == "rfc822"
        shown.append(
            Shown(path: path, type: "\(type)/\(subtype)", octets: octets, isMessage: isMessage))
        if isMessage {
            guard rest.count >= 3, isEnvelope(rest[0]),
                collect(rest[1], path, isRoot: true, isExtended, &shown), rest[2].count != nil
            else { return false }
            rest.removeFirst(3)
        } else if type == "text" {
            guard rest.first?.count != nil else { return false }
            rest.removeFirst()
        }
        guard isExtended else { return rest.isEmpty }
        guard rest.count == 4, rest[0].isNString else { return false }
        return isTail(Array(rest[1...]))
    }

    /// Disposition, language, location.
    private static func isTail(_ items: [WireValue]) -> Bool {
        guard items.count == 3, items[2].isNString else { return false }
        let isLanguage = items[1].isNString || items[1].items?.allSatisfy(\.isString) == true
        guard let disposition = items[0].items else { return items[0] == .null && isLanguage }
        return disposition.count == 2 && disposition[0].isString && isParameters(disposition[1])
            && isLanguage
    }

    private static func isParameters(_ value: WireValue) -> Bool {
        guard let items = value.items else { return value == .null }
        return items.count % 2 == 0 && items.allSatisfy(\.isString)
    }
}
