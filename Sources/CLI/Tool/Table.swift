/// Columns of text for people: the first left, the others right unless they say otherwise.
struct Table {
    private var rows: [[String]]
    private let leftColumns: Set<Int>

    init(_ titles: [String], left: Set<Int> = [0]) {
        rows = [titles]
        leftColumns = left
    }

    mutating func add(_ cells: [String]) { rows.append(cells.map(Terminal.printable)) }

    var text: String {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.count)
                line += (column == 0 ? "" : "  ")
                line += leftColumns.contains(column) ? cell + space : space + cell
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}

extension UInt64 {
    /// `1.5 MB`: decimal units, two digits that matter.
    var asSize: String {
        var value = Double(self)
        for unit in ["B", "kB", "MB", "GB", "TB"] {
            if value < 999.5 || unit == "TB" {
                guard unit != "B" else { return "\(self) B" }
                let tenths = Int((value * 10).rounded())
                return value < 9.95
                    ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int(value.rounded())) \(unit)"
            }
            value /= 1000
        }
        return "\(self) B"
    }
}
