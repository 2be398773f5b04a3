internal import Glibc

/// What a zoneinfo directory says about itself: its release, and the names of its zones.
struct ZoneinfoIndex: Sendable {
    /// Such as `2026f`; `unknown` where the directory does not say.
    private(set) var version = "unknown"
    /// Names and links.
    private(set) var names: Set<String> = []
    /// The zone that each link stands for, where `tzdata.zi` tells.
    private(set) var links: [String: String] = [:]
    /// 16 hexadecimal digits that change with the data.
    private(set) var contentHash = ""

    /// Reads `tzdata.zi`, where tzdata ships its sources in one file; without it, looks at every file.
    init(directory: String) {
        if let source = contents(ofFile: "\(directory)/tzdata.zi", limit: 4 << 20) {
            contentHash = hexadecimal(hash(source))
            read(String(decoding: source, as: UTF8.self))
        } else {
            walk(directory)
        }
        if version == "unknown", let bytes = contents(ofFile: "\(directory)/+VERSION", limit: 256) {
            version = ZoneinfoIndex.version(in: String(decoding: bytes, as: UTF8.self)) ?? version
        }
    }

    /// zic's input, shortened: `# version 2026f`, `Z NAME …` begins a zone, `L TARGET NAME` is a link.
    private mutating func read(_ source: String) {
        for line in source.utf8.split(separator: UInt8(ascii: "\n")) {
            switch line.first {
            case UInt8(ascii: "Z"), UInt8(ascii: "L"):
                let words = line.split(separator: UInt8(ascii: " "), maxSplits: 3).map { String(Substring($0)) }
                addName(words)
            case UInt8(ascii: "#") where version == "unknown":
                version = ZoneinfoIndex.version(in: String(Substring(line))) ?? version
            default: break
            }
        }
    }

    private mutating func addName(_ words: [String]) {
        if words.count >= 2, words[0] == "Z" || words[0] == "Zone", ZoneFile.isValidName(words[1]) {
            names.insert(words[1])
        } else if words.count >= 3, words[0] == "L" || words[0] == "Link", ZoneFile.isValidName(words[2]) {
            names.insert(words[2])
            links[words[2]] = words[1]
        }
    }

    /// A release's name: a year and a letter, seldom more.
    private static func version(in line: String) -> String? {
        line.split(whereSeparator: \.isWhitespace).last { word in
            word.utf8.count <= 16 && word.first?.isNumber == true && ZoneFile.isValidName(String(word))
        }.map(String.init)
    }

    /// Finds the zones by looking at every file. The hash is over names, sizes and times then: reading all would be
    /// slow, and a package's update changes the times.
    private mutating func walk(_ directory: String) {
        var hashed: [UInt8] = []
        for file in ZoneinfoIndex.files(below: directory).sorted(by: { $0.name < $1.name }) {
            names.insert(file.name)
            hashed.append(contentsOf: "\(file.name) \(file.size) \(file.modified)\n".utf8)
        }
        contentHash = hexadecimal(hash(hashed))
    }
}

extension ZoneinfoIndex {
    struct File: Sendable {
        let name: String
        let size: Int
        /// Seconds and nanoseconds, as `seconds.nanoseconds`.
        let modified: String
    }

    /// Other views of the same zones, and the local zone: no names of tzdb's.
    private static let otherNames: Set<String> = ["posix", "right", "posixrules", "localtime"]

    /// The zone files below a directory, at most ten thousand and three folders deep.
    private static func files(below root: String) -> [File] {
        var found: [File] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for entry in entries(of: "\(root)/\(folder)").sorted() {
                let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
                guard found.count < 10_000, ZoneFile.isValidName(name), !otherNames.contains(name) else { continue }
                var status = stat()
                guard stat("\(root)/\(name)", &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    if name.utf8.count(where: { $0 == UInt8(ascii: "/") }) < 2 { folders.append(name) }
                } else if ZoneFile.exists(name, in: root) {
                    let modified = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
                    found.append(File(name: name, size: Int(status.st_size), modified: modified))
                }
            }
        }
        return found
    }

    private static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }
}

/// FNV-1a: tells different contents apart; nobody has to be kept from forging one.
private func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
