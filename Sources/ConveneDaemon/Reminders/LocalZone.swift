import Synchronization
package import ZonedTime

/// The zone of the machine, where the journal is read: as it was last looked at.
package final class LocalZone: Sendable {
    private let read: @Sendable () -> TimeZone
    private let present: Mutex<TimeZone>

    /// - Parameter read: asks the machine; called now, and whenever something says that it may be another.
    package init(read: @escaping @Sendable () -> TimeZone) {
        self.read = read
        present = Mutex(read())
    }

    package var zone: TimeZone { present.withLock { $0 } }

    package func reload() {
        let zone = read()
        present.withLock { $0 = zone }
    }
}
