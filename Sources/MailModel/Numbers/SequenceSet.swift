/// A client's set of messages before its `*` is known: sequence numbers or UIDs.
///
/// sequence-set = (seq-number / seq-range) ["," sequence-set]               RFC 9051 §9
public enum SequenceSet: Hashable, Sendable {
    /// Ranges as written, each bound possibly `*`.
    case ranges([Range])
    /// `$`, the saved search result: RFC 5182.
    case savedResult

    public struct Range: Hashable, Sendable {
        /// nil is `*`.
        public let lower: UInt32?
        /// nil is `*`.
        public let upper: UInt32?

        public init(_ lower: UInt32?, _ upper: UInt32?) {
            self.lower = lower
            self.upper = upper
        }
    }
}

extension [SequenceSet.Range] {
    /// The numbers meant when `*` is `largest`; bounds in either order (RFC 9051 §9, seq-range).
    ///
    /// In an empty mailbox pass 0: ranges that hold `*` are then dropped.
    public func resolved(largest: UInt32) -> NumberSet {
        NumberSet(
            compactMap { range in
                if range.lower == nil || range.upper == nil, largest == 0 { return nil }
                let lower = range.lower ?? largest
                let upper = range.upper ?? largest
                return Swift.min(lower, upper)...Swift.max(lower, upper)
            })
    }
}
