import MailModel

/// The conditions on system flags that every match must meet, drawn together.
///
/// Most searches of mail programs are decided by them, so they are tried without a look at anything
/// else of a message.
@usableFromInline
package struct FlagTest: Hashable, Sendable {
    @usableFromInline var set: SystemFlags = []
    @usableFromInline var unset: SystemFlags = []
    /// Whether nothing else is asked.
    @usableFromInline var isAll = false

    init(_ condition: SearchCondition<some Any>) {
        switch condition {
        case .always: isAll = true
        case .flags(let set, let unset): (self.set, self.unset, isAll) = (set, unset, true)
        case .all(let conditions):
            isAll = true
            for condition in conditions {
                guard case .flags(let set, let unset) = condition else {
                    isAll = false
                    continue
                }
                self.set.formUnion(set)
                self.unset.formUnion(unset)
            }
        default: break
        }
    }

    @inlinable
    package func verdict(on flags: SystemFlags) -> SearchVerdict {
        guard flags.rawValue & set.rawValue == set.rawValue, flags.rawValue & unset.rawValue == 0
        else { return .fails }
        return isAll ? .matches : .undecided
    }
}
