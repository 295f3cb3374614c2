import MailModel

/// The `count` UIDs from `first` on; nil when there are none or they would pass 4,294,967,295.
func contiguousUIDs(from first: UID, count: Int) -> ClosedRange<UInt32>? {
    guard count > 0, let more = UInt32(exactly: count - 1) else { return nil }
    let (last, overflow) = first.rawValue.addingReportingOverflow(more)
    return overflow ? nil : first.rawValue...last
}
