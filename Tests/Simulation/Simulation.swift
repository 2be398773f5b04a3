import Glibc
import SimulatedDisk

/// Runs simulated years, and says what came of them.
public enum Simulation {
    /// What one seed, or many, came to.
    public struct Figures: Sendable {
        public var seeds = 0
        public var told = 0
        public var missed = 0
        public var practices: [Practice: Int] = [:]
        public var changes = 0
        public var lives = 0
        public var happened: [Fault: Int] = [:]
        /// How often a fault struck between a send and its record.
        public var struck: [Fault: Int] = [:]
        /// What happened, a line each, where it was asked for.
        public var trace: [String] = []

        public init() {}

        public mutating func add(_ other: Figures) {
            seeds += other.seeds
            told += other.told
            missed += other.missed
            practices.merge(other.practices, uniquingKeysWith: +)
            changes += other.changes
            lives += other.lives
            happened.merge(other.happened, uniquingKeysWith: +)
            struck.merge(other.struck, uniquingKeysWith: +)
        }
    }

    /// What a failing seed showed.
    public struct Failure: Error, CustomStringConvertible, Sendable {
        public let seed: UInt64
        public let reason: String
        /// What happened, a line each, where it was asked for.
        public let trace: [String]

        public var description: String { "seed \(seed): \(reason)" }
    }

    /// One world of that seed, for so many days.
    public static func run(seed: UInt64, days: Int = 365, isTracing: Bool = false) async throws(Failure) -> Figures {
        simulated_disk_register()
        simulated_disk_disarm()
        let home = "\(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")/convene-simulation-\(getpid())-\(seed)"
        mkdir(home, 0o700)
        let world = World(seed: seed, home: home)
        world.isTracing = isTracing
        defer { world.clean() }
        do {
            try await world.run(days: days)
        } catch {
            throw Failure(seed: seed, reason: "\(error)", trace: world.trace)
        }
        var figures = Figures()
        figures.seeds = 1
        figures.happened = world.happened
        figures.struck = world.struck
        figures.trace = world.trace
        for secretariat in world.secretariats {
            figures.told += secretariat.checker.countTold
            figures.missed += secretariat.checker.countMissed
            figures.practices.merge(secretariat.checker.practices, uniquingKeysWith: +)
            figures.changes += secretariat.checker.countChanges
            figures.lives += secretariat.lives
        }
        return figures
    }
}

extension World {
    /// Leaves nothing behind.
    func clean() {
        simulated_disk_disarm()
        for secretariat in secretariats {
            secretariat.die()
            secretariat.removeDirectory(secretariat.directory)
            secretariat.removeDirectory("\(home)/\(secretariat.name)-backup")
        }
        rmdir(home)
    }
}
