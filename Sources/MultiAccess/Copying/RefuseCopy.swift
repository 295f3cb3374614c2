import MailModel

/// Copies and moves nothing when any of the messages is gone: RFC 2180 §4.4.1.
///
/// Costs nothing: no ghost is read. Hurts clients that copy much out of a busy mailbox and have to try
/// again; the pending EXPUNGEs come with the NO, so the next try can name the right messages.
package struct RefuseCopy: ExpungedCopyStrategy {
    package init() {}

    package func judge(_ copy: ExpungedCopy) -> ExpungedCopyVerdict { .refuse }
}
