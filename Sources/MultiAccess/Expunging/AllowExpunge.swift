/// Lets anybody expunge at any time: RFC 2180 §4.1.1–4.1.3.
///
/// Costs nothing here; what the others then see is the answer to fetching, storing, searching and
/// copying. Hurts nobody when those are answered from ghosts.
package struct AllowExpunge: ExpungingStrategy {
    package init() {}

    package func judge(_ expunging: Expunging) -> ExpungingVerdict { .allow }
}
