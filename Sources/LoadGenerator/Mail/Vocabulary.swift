/// The words letters are made of.
enum Vocabulary {
    static let words: [[UInt8]] = """
        the of and to in is it that for was on are as with they be at one have this from or had by \
        but some what there we can out other were all your when up use word how said each she which \
        do their time if will way about many then them would write like so these her long make thing \
        see him two has look more day could go come did my sound no most number who over know water \
        than call first people may down side been now find any new work part take get place made \
        live where after back little only round man year came show every good me give our under name \
        very through just form much great think say help low line before turn cause same mean differ \
        move right boy old too does tell sentence set three want air well also play small end put \
        home read hand port large spell add even land here must big high such follow act why ask men \
        change went light kind off need house picture try us again animal point mother world near \
        build self earth father head stand own page should country found answer school grow study \
        still learn plant cover food sun four thought let keep eye never last door between city tree \
        cross since hard start might story saw far sea draw left late run while press close night \
        real life few stop open seem together next white children begin got walk example ease paper \
        often always music those both mark book letter until mile river car feet care second group \
        carry took rain eat room friend began idea fish mountain north once base hear horse cut sure \
        watch color face wood main enough plain girl usual young ready above ever red list though
        """.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }

    static let people: [[UInt8]] = [
        "Ada Marsh", "Ben Okafor", "Carla Nunes", "Dmitri Sokol", "Elif Aydin", "Farid Rahimi",
        "Greta Lind", "Hana Mori", "Ivo Petrov", "Jane Whitlock", "Karim Haddad", "Lena Vogel",
        "Marta Kowal", "Nils Berg", "Olga Ruiz", "Pavel Horak", "Quinn Doyle", "Rosa Silva",
        "Sven Dahl", "Tara Singh", "Uma Patel", "Viktor Balog", "Wendy Cho", "Xenia Popa",
        "Yusuf Kaya", "Zoe Martin",
    ].map { Array($0.utf8) }

    /// Stands in the subjects of some letters, and nowhere else.
    static let subjectWord: StaticString = "ledger"
    /// Stands in the text of some letters, and nowhere else.
    static let bodyWord: StaticString = "quartz"

    static let hexadecimal = Array("0123456789abcdef".utf8)
    static let base64 = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
