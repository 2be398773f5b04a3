import Systemd

extension JournalReader {
    /// The values of a field in all entries from here on that have it, after taking note of new files.
    func rest(_ field: String) throws -> [String] {
        try process()
        var values: [String] = []
        while try next() {
            if let value = try self.field(field) { values.append(value) }
        }
        return values
    }
}
