import ArgumentParser

/// Measures the store's hot paths, and prints a table or JSON. Run by hand: `Scripts/bench --micro`.
@main
struct BenchmarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the hot paths of the store, the session and the codec.",
        discussion: """
            Each figure is the median of several samples, with the least and the greatest, and how \
            often memory was asked for in each operation. Samples of one figure follow one another \
            on the same store. Compare figures of one machine and \
            one run only, and as ratios: durable figures are those of the disk as much as ours.
            """)

    @Option(name: .customLong("only"), help: "Figures to run, separated by commas. Default: all.")
    var wanted: String = ""

    @Option(help: "Samples of each figure.")
    var repeats: Int = 5

    @Option(help: "Divide the work of each sample by this, for a quick look.")
    var quick: Int = 1

    @Option(help: "How many put changes at once, in figures where that is varied.")
    var submitters: String = "1,8,64,256"

    @Option(help: "Where stores are made; removed afterwards. Use the disk that is to be measured.")
    var directory: String = "/var/tmp"

    @Flag(help: "Print JSON, an array of figures, instead of the table.")
    var json = false

    @Flag(help: "Print the names of the figures and what they measure.")
    var list = false

    func validate() throws {
        guard (1...1000).contains(repeats) else {
            throw ValidationError("--repeats takes 1...1000")
        }
        guard (1...1000).contains(quick) else { throw ValidationError("--quick takes 1...1000") }
        guard !submitterCounts.isEmpty, submitterCounts.allSatisfy((1...4096).contains) else {
            throw ValidationError("--submitters takes numbers of 1...4096, separated by commas")
        }
        let known = Set(Figure.all.map(\.name))
        for name in names where !known.contains(name) {
            throw ValidationError("there is no figure \"\(name)\": see --list")
        }
    }

    func run() throws {
        guard !list else {
            for figure in Figure.all { print(padded(figure.name, to: 12) + figure.about) }
            return
        }
        let settings = Settings(
            repeats: repeats, quick: quick, submitters: submitterCounts, directory: directory)
        let report = Report(asJSON: json)
        report.begin()
        for figure in Figure.all where names.isEmpty || names.contains(figure.name) {
            for measurement in try figure.measure(settings) { report.add(measurement) }
        }
        report.end()
    }

    private var names: [String] { wanted.split(separator: ",").map(String.init) }
    private var submitterCounts: [Int] { submitters.split(separator: ",").map { Int($0) ?? 0 } }
}
