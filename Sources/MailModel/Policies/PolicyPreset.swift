/// Answers to all questions that go well together.
package enum PolicyPreset: String, CaseIterable, Sendable {
    /// Nobody is refused, nobody is disconnected, nobody finds a hole in what they were shown; costs
    /// disk until the slowest view has been told. The default.
    case patient
    /// A client is told by a tagged NO that it has missed something, and nothing is half done:
    /// RFC 2180 §4.1.2, §4.2.4, §4.4.1.
    case strict
    /// What is deleted or expunged cannot be read by anybody from that moment: RFC 2180 §3.3, §4.1.3,
    /// §4.4.1, and its §5.
    case immediate

    package var answers: PolicyLayer {
        let patient = PolicyLayer([
            .keepGhostMailbox, .reserveName, .followRename, .allowExpunge, .serveGhosts,
            .storeRemaining, .omitGhosts, .copyGhosts,
        ])
        return switch self {
        case .patient: patient
        case .strict:
            PolicyLayer([.fetchRemaining, .storeNothing, .refuseCopy]).over(patient)
        case .immediate:
            PolicyLayer([.disconnectOnDeletion, .reuseName, .answerNIL, .refuseCopy])
                .over(patient)
        }
    }
}
