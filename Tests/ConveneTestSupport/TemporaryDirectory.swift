internal import Glibc

/// A directory that goes, with all that is in it, when the last reference to it does.
public final class TemporaryDirectory: Sendable {
    public let path: String

    /// Makes an empty directory. Its path is short, since a socket's has at most 107 bytes.
    public init() {
        var template = Array("/tmp/convene-XXXXXX".utf8CString)
        mkdtemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        removeTree(path)
    }

    /// Writes a file as packages do, folders included: beside its place, then renamed over it.
    public func write(_ contents: some Sequence<UInt8>, to name: String) {
        var folder = path
        for part in name.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o755)
        }
        let file = open("\(path)/\(name).new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        let bytes = Array(contents)
        _ = Glibc.write(file, bytes, bytes.count)
        close(file)
        rename("\(path)/\(name).new", "\(path)/\(name)")
    }

    /// A file's text; empty where there is none.
    public func text(of name: String) -> String {
        contents(of: "\(path)/\(name)")
    }

    /// A file's bytes; none where there is no file.
    public func bytes(of name: String) -> [UInt8] {
        let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &part, part.count)
            guard count > 0 else { return bytes }
            bytes += part.prefix(count)
        }
    }

    /// The names of what is in it, sorted.
    public func names() -> [String] {
        var names: [String] = []
        forEachEntry(of: path) { name, _ in names.append(name) }
        return names.sorted()
    }

    /// Makes a symbolic link, in the place of another file if need be.
    public func link(_ name: String, to target: String) {
        unlink("\(path)/\(name)")
        symlink(target, "\(path)/\(name)")
    }
}

/// Removes a directory and what is in it, without following links.
private func removeTree(_ path: String) {
    forEachEntry(of: path) { name, isDirectory in
        if isDirectory {
            removeTree("\(path)/\(name)")
        } else {
            unlink("\(path)/\(name)")
        }
    }
    rmdir(path)
}

private func forEachEntry(of path: String, _ body: (_ name: String, _ isDirectory: Bool) -> Void) {
    guard let stream = opendir(path) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard name != ".", name != ".." else { continue }
        body(name, entry.pointee.d_type == UInt8(DT_DIR))
    }
}
