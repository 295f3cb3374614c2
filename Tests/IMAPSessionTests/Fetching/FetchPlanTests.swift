import IMAPCodec
import IMAPSession
import MIME
import MailModel
import Testing

@Suite("What a FETCH needs")
struct FetchPlanTests {
    private static func plan(
        _ items: [FetchItem], kind: NumberKind = .sequence, changedSince: ModSeq? = nil
    ) -> FetchPlan {
        FetchPlan(
            FetchCommand(
                kind: kind, messages: .ranges([.init(1, nil)]), items: items,
                changedSince: changedSince))
    }

    @Test(
        arguments: [
            ([.flags, .uid, .internalDate, .rfc822Size, .modSeq], true),
            ([.flags, .envelope], false), ([.flags, .emailID], false), ([.rfc822Header], false),
        ] as [([FetchItem], Bool)])
    func rowsAloneAnswerWhatStandsInThem(_ items: [FetchItem], _ isRowOnly: Bool) {
        #expect(Self.plan(items).needsRowOnly == isRowOnly)
    }

    @Test func uidCommandsTellUIDs() {
        #expect(Self.plan([.flags], kind: .uid).row == [.uid, .flags])
        #expect(Self.plan([.flags]).row == .flags)
    }

    @Test func changedSinceTellsModSeqs() {
        let plan = Self.plan([.flags], changedSince: ModSeq(7))
        #expect(plan.row == [.flags, .modSeq] && plan.enablesCondStore)
        #expect(!Self.plan([.flags]).enablesCondStore)
    }

    @Test func nothingIsToldTwice() {
        let section = FetchItem.bodySection(Section(kind: .text), peek: true, partial: nil)
        let reading = FetchItem.bodySection(Section(kind: .text), peek: false, partial: nil)
        let plan = Self.plan([section, .flags, section, reading, .flags])
        #expect(plan.contents.count == 1 && plan.setsSeen)
    }

    @Test(
        arguments: [
            (Section(kind: .whole), .whole), (Section(kind: .header), .header),
            (Section(kind: .text), .text),
            (Section(part: [1], kind: .mime), .section(.init(part: [1], kind: .mime))),
            (
                Section(kind: .headerFields(["SUBJECT", "from"])),
                .headerFields(
                    .init(kind: .headerFields(["SUBJECT", "from"])),
                    kept: KeptFieldSet(["subject", "from"]))
            ),
            (
                Section(kind: .headerFields(["Subject", "X-Seldom"])),
                .headerFields(.init(kind: .headerFields(["Subject", "X-Seldom"])), kept: nil)
            ),
            (
                Section(kind: .headerFieldsNot(["Subject"])),
                .headerFields(.init(kind: .headerFieldsNot(["Subject"])), kept: nil)
            ),
        ] as [(Section, ContentItem.Source)])
    func sectionsComeTheCheapestWay(_ section: Section, _ source: ContentItem.Source) {
        let plan = Self.plan([.bodySection(section, peek: true, partial: nil)])
        #expect(plan.contents.first?.source == source)
    }
}
