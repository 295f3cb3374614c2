import ArgumentParser
import Glibc

/// Says what is wrong when LMDB follows a damaged page out of its file.
///
/// LMDB believes its pages, so damage in one ends the process with a memory fault. The commands that
/// only look say so in a sentence instead; nothing they do can be left half done.
enum DamagedPages {
    /// From here on a memory fault ends the process with this status, after a sentence on stderr.
    ///
    /// LMDB's own checks of a page end in SIGABRT, its reads beyond the file in the other two.
    static func tellFaults(exitingWith status: ExitCode) {
        var action = sigaction()
        if status == .answerIsNo {
            action.__sigaction_handler.sa_handler = { _ in DamagedPages.end(1) }
        } else {
            action.__sigaction_handler.sa_handler = { _ in DamagedPages.end(2) }
        }
        for signal in [SIGSEGV, SIGBUS, SIGABRT] { sigaction(signal, &action, nil) }
    }

    /// In a signal handler: nothing but system calls.
    private static func end(_ status: Int32) {
        let sentence: StaticString = """
            hindsight: the file lmdb/data.mdb is damaged: what it holds led out of it. Stop the \
            server, and put a copy of lmdb/ in its place; keep segments/ as it is

            """
        _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
        _exit(status)
    }
}
