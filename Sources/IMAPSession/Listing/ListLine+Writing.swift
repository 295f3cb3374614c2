import IMAPCodec
import MailModel

/// From a line to the response that the codec writes.
extension ListLine {
    /// - Parameter showsNonExistent: whether the client spoke RFC 5258; `\Noselect` stands there
    ///   anyway, for those who do not know the other.
    func data(showsNonExistent: Bool) -> ListData {
        var shown: [ListAttribute] = []
        for (attribute, name) in ListAttributes.wireForms where attributes.contains(attribute) {
            if attribute == .nonExistent, !showsNonExistent { continue }
            shown.append(name)
        }
        for use in uses { shown.append(.specialUse(use)) }
        return ListData(attributes: shown, name: name.string, childInfo: childInfoNames)
    }

    private var childInfoNames: [String] {
        guard let childInfo else { return [] }
        var names: [String] = []
        if childInfo.contains(.subscribed) { names.append("SUBSCRIBED") }
        if childInfo.contains(.specialUse) { names.append("SPECIAL-USE") }
        return names
    }
}

extension ListData {
    /// The answer to an empty pattern: the separator. RFC 3501 §6.3.8.
    static var separator: ListData { ListData(attributes: [.noSelect], name: "") }
}
