// An executable has no door: its tests look inside.
import Testing

@testable import LoadGenerator

@Suite struct LatencyHistogramTests {
    @Test func smallTimesAreExact() {
        var histogram = LatencyHistogram()
        for value in 1...100 { histogram.record(UInt64(value)) }
        #expect(histogram.percentile(0.5) == 50)
        #expect(histogram.percentile(0.99) == 99)
        #expect(histogram.percentile(1) == 100)
        #expect(histogram.count == 100)
        #expect(histogram.sum == 5050)
    }

    @Test(arguments: [127, 128, 129, 255, 256, 1000, 999_999, 123_456_789, UInt64.max / 2])
    func everyTimeIsToldToWithinOnePercent(value: UInt64) {
        var histogram = LatencyHistogram()
        histogram.record(value)
        histogram.record(UInt64.max / 2)
        let told = histogram.percentile(0.5)
        #expect(told >= value)
        #expect(Double(told) <= Double(value) * 1.008)
    }

    @Test func theGreatestIsExact() {
        var histogram = LatencyHistogram()
        histogram.record(1_000_001)
        #expect(histogram.percentile(0.99) == 1_000_001)
        #expect(histogram.greatest == 1_000_001)
    }

    @Test func nothingRecordedIsZero() { #expect(LatencyHistogram().percentile(0.5) == 0) }
}
