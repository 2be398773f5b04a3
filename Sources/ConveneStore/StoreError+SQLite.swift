import GRDB

extension StoreError {
    /// What an error of SQLite means here; other errors stay what they are.
    static func translating(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let reason = error.message ?? error.description
        switch error.resultCode {
        case .SQLITE_FULL: return StoreError.full
        case .SQLITE_READONLY, .SQLITE_PERM: return StoreError.readOnly
        // On a full disk the index of the log of writes cannot grow, and that is no other fault of the disk
        // (rescode.html).
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return StoreError.full
        case .SQLITE_IOERR:
            return StoreError.inputOutput(reason: "\(reason), SQLite's code \(error.extendedResultCode.rawValue)")
        case .SQLITE_CORRUPT: return StoreError.damaged(path: path, reason: reason)
        case .SQLITE_NOTADB: return StoreError.notOurs(path: path)
        case .SQLITE_CANTOPEN: return StoreError.cannotOpen(path: path, reason: reason)
        default: return StoreError.failed(reason: reason)
        }
    }
}
