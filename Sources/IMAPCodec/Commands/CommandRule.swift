import MailModel

extension CommandParser {
    /// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
    ///
    /// RFC 9051 §9.
    mutating func command() throws(ParseStop) -> Command {
        try readTag()
        try space()
        let start = position
        while let byte = next, Bytes.isWord(byte) { position += 1 }
        guard position > start else { throw expected("a command") }
        try spendToken()
        let name = capitals(start..<min(position, start + 32))
        remember(commandName: name)
        if let command = try arguments(of: name) {
            try end()
            return command
        }
        return .unknown(name: name)
    }

    /// - Returns: nil for a name that is not known.
    private mutating func arguments(of name: String) throws(ParseStop) -> Command? {
        switch name {
        case "UID": try uidCommand()
        case "FETCH": .fetch(try fetchArguments(.sequence))
        case "STORE": .store(try storeArguments(.sequence))
        case "SEARCH": .search(try searchArguments(.sequence))
        case "COPY": .copy(try copyArguments(.sequence))
        case "MOVE": .move(try copyArguments(.sequence))
        case "NOOP": .noop
        case "IDLE": .idle
        case "CHECK": .check
        case "CLOSE": .close
        case "UNSELECT": .unselect
        case "EXPUNGE": .expunge(ExpungeCommand(uids: nil))
        case "SELECT": .select(try selectArguments())
        case "EXAMINE": .examine(try selectArguments())
        case "STATUS": .status(try statusArguments())
        case "LIST": .list(try listArguments())
        case "LSUB": .lsub(try lsubArguments())
        case "APPEND": try appendArguments()
        default: try rareArguments(of: name)
        }
    }

    private mutating func rareArguments(of name: String) throws(ParseStop) -> Command? {
        switch name {
        case "CAPABILITY": .capability
        case "LOGOUT": .logout
        case "NAMESPACE": .namespace
        case "STARTTLS": .startTLS
        case "ID": .id(try idArguments())
        case "AUTHENTICATE": .authenticate(try authenticateArguments())
        case "LOGIN": .login(try loginArguments())
        case "ENABLE": .enable(try enableArguments())
        case "CREATE": .create(try createArguments())
        case "DELETE": .delete(try deleteArguments())
        case "RENAME": .rename(try renameArguments())
        case "SUBSCRIBE": .subscribe(try subscribeArguments())
        case "UNSUBSCRIBE": .unsubscribe(try subscribeArguments())
        default: nil
        }
    }

    /// uid = "UID" SP (copy / move / fetch / search / store / uid-expunge)
    ///
    /// RFC 9051 §9, RFC 4315 §4.
    private mutating func uidCommand() throws(ParseStop) -> Command {
        try space()
        let name = try word()
        switch name {
        case "FETCH": return .fetch(try fetchArguments(.uid))
        case "STORE": return .store(try storeArguments(.uid))
        case "SEARCH": return .search(try searchArguments(.uid))
        case "COPY": return .copy(try copyArguments(.uid))
        case "MOVE": return .move(try copyArguments(.uid))
        case "EXPUNGE":
            try space()
            return .expunge(ExpungeCommand(uids: try sequenceSet()))
        default: throw bad("unknown UID command")
        }
    }
}
