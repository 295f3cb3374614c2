/// Where an answer is to be delivered: an event loop, or in tests a queue that is run by hand.
///
/// What one commit has for one lane is handed over in one call.
package protocol ReplyLane: AnyObject, Sendable {
    func execute(_ work: @escaping @Sendable () -> Void)
}
