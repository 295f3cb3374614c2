import Testing

extension ProcessTests {
    /// The judge of the crash test must not be blind.
    @Suite struct JudgeTests {
        private static let before = World(folders: [
            "a": World.Folder(
                uidValidity: 7, uidNextFloor: 4,
                letters: [
                    World.Held(name: "one", uid: 1, flags: []),
                    World.Held(name: "two", uid: 2, flags: ["\\seen"]),
                    World.Held(name: "two", uid: 3, flags: ["\\seen"]),
                ]),
            "b": World.Folder(uidValidity: 8),
        ])

        @Test func theSameWorldHasNoDifference() {
            #expect(JudgeTests.before.difference(from: JudgeTests.before) == nil)
        }

        @Test func aWholeStepIsAWorldOfItsOwn() {
            let move = Step.move(folder: "a", uids: [1, 2], to: "b")
            var wanted = JudgeTests.before
            move.apply(to: &wanted, answer: nil)
            var found = JudgeTests.before
            found.folders["a"]?.letters.removeFirst(2)
            found.folders["b"]?.letters = [
                World.Held(name: "two", uid: 2, flags: ["\\seen"]),
                World.Held(name: "one", uid: 1, flags: []),
            ]
            found.folders["b"]?.uidNextFloor = 3
            #expect(wanted.difference(from: found) == nil)
            #expect(JudgeTests.before.difference(from: found) != nil)
        }

        @Test(arguments: Damage.allCases) func damageIsFound(damage: Damage) {
            var found = JudgeTests.before
            damage.apply(to: &found)
            #expect(JudgeTests.before.difference(from: found) != nil)
        }
    }
}

/// What may not happen to a store.
enum Damage: CaseIterable {
    case lostLetter, lostFlag, newFlag, otherUID, doubledLetter, otherLetter, lostFolder, newFolder
    case otherValidity, lowerUIDNext

    func apply(to world: inout World) {
        switch self {
        case .lostLetter: world.folders["a"]?.letters.removeFirst()
        case .lostFlag: world.folders["a"]?.letters[1].flags = []
        case .newFlag: world.folders["a"]?.letters[0].flags = ["\\deleted"]
        case .otherUID: world.folders["a"]?.letters[0].uid = 9
        case .doubledLetter:
            world.folders["b"]?.letters.append(World.Held(name: "one", uid: 1, flags: []))
        case .otherLetter: world.folders["a"]?.letters[0].name = "three"
        case .lostFolder: world.folders["b"] = nil
        case .newFolder: world.folders["c"] = World.Folder(uidValidity: 9)
        case .otherValidity: world.folders["b"]?.uidValidity = 6
        case .lowerUIDNext: world.folders["a"]?.uidNextFloor = 3
        }
    }
}
