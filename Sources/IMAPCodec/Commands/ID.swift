/// ID: who the client is. RFC 2971 §3.
public struct IDCommand: Hashable, Sendable {
    /// In the order given; empty for NIL.
    public let fields: [Field]

    public init(fields: [Field]) { self.fields = fields }

    public struct Field: Hashable, Sendable {
        public let name: String
        /// nil is NIL.
        public let value: String?

        public init(name: String, value: String?) {
            self.name = name
            self.value = value
        }
    }
}

extension CommandParser {
    /// id = "ID" SP id-params-list; id-params-list = "(" *(string SP nstring) ")" / nil
    ///
    /// RFC 2971 §4.
    mutating func idArguments() throws(ParseStop) -> IDCommand {
        try space()
        if skip(word: "NIL") { return IDCommand(fields: []) }
        var fields: [IDCommand.Field] = []
        try list(mayBeEmpty: true) { parser throws(ParseStop) in
            let name = String(decoding: try parser.string(), as: UTF8.self)
            try parser.space()
            let value = try parser.nstring().map { String(decoding: $0, as: UTF8.self) }
            fields.append(IDCommand.Field(name: name, value: value))
        }
        return IDCommand(fields: fields)
    }
}
