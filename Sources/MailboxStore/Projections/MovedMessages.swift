import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: MessagesMoved, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let entered = try transfer(
            event.sourceUIDs, from: event.source, to: event.destination,
            firstUID: event.firstUID, recorded)
        let left = try leave(event.sourceUIDs, event.source, at: recorded.position)
        var arrival = MailboxDelta()
        var departure = MailboxDelta()
        arrival.appended = entered
        departure.expunged = left
        if event.source == event.destination {
            arrival.expunged = left
            try record(arrival, of: event.destination, at: recorded.position)
        } else {
            try record(arrival, of: event.destination, at: recorded.position)
            try record(departure, of: event.source, at: recorded.position)
        }
    }
}
