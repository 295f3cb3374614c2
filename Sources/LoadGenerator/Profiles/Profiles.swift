/// All profiles, in the order they run.
enum Profiles {
    static var all: [any Profile] {
        let appending: [any Profile] = AppendProfile.all
        let fetching: [any Profile] = FetchListProfile.all + [FetchBodyProfile()]
        let storing: [any Profile] = StoreProfile.all
        let opening: [any Profile] = [StatusProfile()]
        return appending + fetching + storing + opening
    }

    static func named(_ name: String) -> (any Profile)? { all.first { $0.name == name } }
}
