import Foundation
import Synchronization

/// Calls for help where nobody says in time that all is well.
final class Watchdog: Sendable {
    private let isOver = Mutex(false)

    init(seconds: Double, _ alarm: @escaping @Sendable () -> Void) {
        Thread.detachNewThread { [self] in
            let end = Date(timeIntervalSinceNow: seconds)
            while Date() < end {
                if isOver.withLock(\.self) { return }
                poll(nil, 0, 200)
            }
            alarm()
        }
    }

    func stop() { isOver.withLock { $0 = true } }
}
