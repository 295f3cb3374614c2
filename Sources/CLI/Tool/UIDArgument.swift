import MailModel

extension UIDSet {
    /// From an argument such as `4:7,9`; nil when it is none. No `*`: who means the newest message may
    /// mean another one than is the newest now.
    init?(text: String) {
        var ranges: [ClosedRange<UInt32>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: ":", omittingEmptySubsequences: false).map {
                UInt32($0)
            }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                first > 0, last > 0
            else { return nil }
            ranges.append(Swift.min(first, last)...Swift.max(first, last))
        }
        self.init(ranges)
    }
}
