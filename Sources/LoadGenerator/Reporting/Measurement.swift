/// What one run of a profile gave.
struct Measurement {
    let profile: String
    /// What the profile was run with: connections, bytes.
    var parameters: [(name: String, value: Double)]
    let operations: Int
    let seconds: Double
    let latency: LatencyHistogram
    var processorMicroseconds: Double?
    var baseline: ProcessMemory?
    var peak: ProcessMemory?
    var after: ProcessMemory?
    /// Set where sessions at rest are what is measured.
    var bytesPerConnection: Double?
    /// Figures of this profile only.
    var extra: [(name: String, value: Double)] = []

    var perSecond: Double { seconds > 0 ? Double(operations) / seconds : 0 }

    var processorMicrosecondsPerOperation: Double? {
        guard let processorMicroseconds, operations > 0 else { return nil }
        return processorMicroseconds / Double(operations)
    }
}

extension Measurement {
    var json: JSONText {
        .object([
            ("profile", .text(profile)),
            ("parameters", JSONText(members: parameters)),
            ("operations", .number(operations)),
            ("seconds", .number(seconds)),
            ("perSecond", .number(perSecond)),
            ("latencyMicroseconds", latencyJSON),
            ("serverCPUMicrosecondsPerOperation", .optional(processorMicrosecondsPerOperation)),
            ("memory", memoryJSON),
            ("extra", JSONText(members: extra)),
        ])
    }

    private var latencyJSON: JSONText {
        .object([
            ("p50", .number(Double(latency.percentile(0.5)) / 1000)),
            ("p99", .number(Double(latency.percentile(0.99)) / 1000)),
            ("max", .number(Double(latency.greatest) / 1000)),
        ])
    }

    private var memoryJSON: JSONText {
        guard let baseline else { return .null }
        var members: [(name: String, value: Double)] = [
            ("baselineBytes", Double(baseline.proportional)),
            ("baselineAnonymousBytes", Double(baseline.anonymous)),
        ]
        if let peak {
            members.append(("peakBytes", Double(peak.proportional)))
            members.append(("peakAnonymousBytes", Double(peak.anonymous)))
        }
        if let after {
            members.append(("afterBytes", Double(after.proportional)))
            members.append(("afterAnonymousBytes", Double(after.anonymous)))
        }
        if let bytesPerConnection { members.append(("perConnectionBytes", bytesPerConnection)) }
        return JSONText(members: members)
    }
}

extension JSONText {
    init(members: [(name: String, value: Double)]) {
        self = .object(members.map { ($0.name, .number($0.value)) })
    }
}
