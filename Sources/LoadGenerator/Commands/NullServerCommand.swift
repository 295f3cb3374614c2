import ArgumentParser
import Glibc

/// `mailload null-server`
struct NullServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "null-server",
        abstract: "Serve IMAP from memory, to show how fast the load generator itself is.")

    @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
    var port: UInt16 = 0

    @Option(help: "Do one thing wrong, to see that it is found.")
    var fault: NullFault?

    func run() throws {
        raiseOpenFileLimit()
        let (descriptor, port) = try Socket.listen(onPort: port)
        print("mailload: null server on 127.0.0.1:\(port)")
        fflush(nil)
        try NullServer(listeningOn: descriptor, options: NullOptions(fault: fault)).run()
    }
}
