import Glibc

/// Why credentials could not be read or changed.
package enum CredentialError: Error, Hashable, Sendable {
    case invalidName(AccountName.Defect)
    /// A password of 1...511 bytes without NUL is needed.
    case unacceptablePassword
    case alreadyExists(AccountName)
    case noSuchAccount(AccountName)
    case hashingFailed(Int32)
    case fileFailed(attempted: String, errno: Int32)
    /// The users file is larger than anything that could be meant.
    case fileTooLarge(path: String)
}

extension CredentialError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidName(let defect): "not an account name: \(defect)"
        case .unacceptablePassword:
            "a password must have 1 to \(PasswordHash.maximumPasswordBytes) bytes and no NUL"
        case .alreadyExists(let name): "account \(name) exists already"
        case .noSuchAccount(let name): "there is no account \(name)"
        case .hashingFailed(let code): "crypt(3) failed: \(String(cString: strerror(code)))"
        case .fileFailed(let attempted, let code):
            "cannot \(attempted): \(String(cString: strerror(code)))"
        case .fileTooLarge(let path):
            "\(path) is larger than \(CredentialFile.maximumBytes) bytes: is it the users file?"
        }
    }
}
