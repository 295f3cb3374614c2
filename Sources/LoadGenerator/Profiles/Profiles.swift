/// All profiles, in the order they run.
enum Profiles {
    static var all: [any Profile] {
        let appending: [any Profile] = AppendProfile.all
        let fetching: [any Profile] = FetchListProfile.all + [FetchBodyProfile()]
        let storing: [any Profile] =
            StoreProfile.all + [CopyProfile(), MoveProfile()] as [any Profile]
        let opening: [any Profile] = SelectProfile.all + FetchAllProfile.all + SearchProfile.all
        let visiting: [any Profile] = [StatusProfile()] + LoginProfile.all
        let mixing: [any Profile] = [ChurnProfile(), MixedDayProfile()] as [any Profile]
        let watching: [any Profile] = IdleProfile.all + [RestingProfile()] as [any Profile]
        return appending + fetching + storing + opening + visiting + mixing + watching
    }

    static func named(_ name: String) -> (any Profile)? { all.first { $0.name == name } }
}
