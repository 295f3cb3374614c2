import CLMDB
import Glibc

extension Environment {
    static func makeDirectory(_ path: String) throws(LMDBError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw LMDBError(code: errno, operation: "make directory", subject: path)
    }

    /// Opens LMDB's handle and checks that the file holds every page it speaks of: reading beyond a
    /// file's end through a map would kill the process.
    static func open(
        _ path: String, _ options: EnvironmentOptions
    ) throws(LMDBError) -> OpaquePointer {
        var handle: OpaquePointer?
        var code = mdb_env_create(&handle)
        guard code == MDB_SUCCESS, let handle else { throw openError(code, path) }
        code = configure(handle, options)
        if code == MDB_SUCCESS { code = mdb_env_open(handle, path, flags(of: options), 0o600) }
        if code == MDB_SUCCESS, isCut(handle) { code = MDB_CORRUPTED }
        guard code == MDB_SUCCESS else {
            mdb_env_close(handle)
            throw openError(code, path)
        }
        return handle
    }

    /// Opens the journal, if there is to be one, and recovers the environment with it.
    static func openJournal(
        _ path: String, _ options: EnvironmentOptions
    ) throws(LMDBError) -> JournalFile? {
        guard let files = options.durability.files, !options.isReadOnly else { return nil }
        return try JournalFile(directory: path) { journal throws(LMDBError) in
            try Recovery(directory: path, options: options, files: files).run(journal)
        }
    }

    static func makeJournal(
        _ handle: OpaquePointer, _ file: JournalFile?, _ path: String, _ options: EnvironmentOptions
    ) throws(LMDBError) -> CommitJournal? {
        guard let file, let files = options.durability.files else { return nil }
        return try CommitJournal(
            handle, file, directory: path, files: files,
            writesRecords: options.durability.isJournaled, sizes: options.journalSizes)
    }

    private static func configure(_ handle: OpaquePointer, _ options: EnvironmentOptions) -> Int32 {
        let codes = [
            mdb_env_set_mapsize(handle, max(options.mapSizeBytes, 0)),
            mdb_env_set_maxreaders(handle, options.maximumReaders),
            mdb_env_set_maxdbs(handle, options.maximumDatabases),
        ]
        return codes.first { $0 != MDB_SUCCESS } ?? MDB_SUCCESS
    }

    private static func flags(of options: EnvironmentOptions) -> UInt32 {
        var flags = UInt32(MDB_NOTLS)
        if !options.readsAhead { flags |= UInt32(MDB_NORDAHEAD) }
        if options.isReadOnly { flags |= UInt32(MDB_RDONLY) }
        // The journal makes commits durable.
        if options.durability.isJournaled { flags |= UInt32(MDB_NOSYNC) }
        return flags
    }

    private static func isCut(_ handle: OpaquePointer) -> Bool {
        var information = MDB_envinfo()
        var pages = MDB_stat()
        var descriptor: mdb_filehandle_t = -1
        var status = stat()
        guard mdb_env_info(handle, &information) == MDB_SUCCESS,
            mdb_env_stat(handle, &pages) == MDB_SUCCESS,
            mdb_env_get_fd(handle, &descriptor) == MDB_SUCCESS,
            fstat(descriptor, &status) == 0
        else { return true }
        let needed = UInt64(information.me_last_pgno)
            .addingReportingOverflow(1).partialValue
            .multipliedReportingOverflow(by: UInt64(pages.ms_psize))
        return needed.overflow || needed.partialValue > UInt64(max(status.st_size, 0))
    }

    private static func openError(_ code: Int32, _ path: String) -> LMDBError {
        LMDBError(code: code, operation: "open environment", subject: path, directory: path)
    }
}
