import Testing

/// Tests of the built command as a process of its own, one after the other.
@Suite(.serialized) struct ProcessTests {}
