import Foundation
import Testing

@testable import LoadGenerator

@Suite struct JSONTextTests {
    @Test(
        arguments: [
            (0, "0"), (1.5, "1.5"), (-2.25, "-2.25"), (3.0004, "3"), (0.05, "0.05"),
            (-0.001, "-0.001"),
            (123456789, "123456789"), (.nan, "null"), (.infinity, "null"),
        ] as [(Double, String)])
    func numbersHaveThreeDecimalsAtMost(value: Double, text: String) throws {
        let encoded = JSONText.number(value).encoded
        if text == "null" { return #expect(encoded == text) }
        #expect(Double(encoded) == Double(text))
    }

    @Test func measurementsCanBeReadByOthers() throws {
        var latency = LatencyHistogram()
        latency.record(1500)
        var measurement = Measurement(
            profile: "a \"name\"\n", parameters: [("connections", 10)], operations: 1, seconds: 2,
            latency: latency)
        measurement.baseline = ProcessMemory(proportional: 10, anonymous: 5)
        let data = Data(measurement.json.encoded.utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["profile"] as? String == "a \"name\"\n")
        #expect(object["perSecond"] as? Double == 0.5)
        #expect((object["latencyMicroseconds"] as? [String: Double])?["p50"] == 1.5)
        #expect(object["serverCPUMicrosecondsPerOperation"] is NSNull)
        #expect((object["memory"] as? [String: Double])?["baselineBytes"] == 10)
    }
}
