import Dispatch
import Logging
import Synchronization
import Systemd
import VarlinkNIO

/// The daemon `convened`.
public enum Daemon {
    /// Runs until it is told to stop (SIGTERM, SIGINT), or cannot go on.
    ///
    /// The calling thread waits; everything else runs on an executor that makes no system call while nothing is due.
    public static func run(_ options: DaemonOptions) throws(DaemonProblem) {
        LoggingSystem.bootstrap { _ in StandardErrorLogHandler(format: StandardErrorLogHandler.suitableFormat()) }
        let passed: PassedSockets
        do {
            passed = try PassedSockets.take()
        } catch {
            throw .socket("the sockets that the service manager passed cannot be used: \(error)")
        }
        let outcome = Outcome()
        Task.detached(executorPreference: ThreadPoolExecutor.shared) {
            do {
                try await DaemonAssembly(options, passed, Logger(label: "convened")).run()
                outcome.end(nil)
            } catch {
                outcome.end(DaemonProblem(error))
            }
        }
        if let problem = outcome.wait() { throw problem }
    }

    /// Lets the main thread wait for a task.
    private final class Outcome: Sendable {
        private let problem = Mutex<DaemonProblem?>(nil)
        private let bell = DispatchSemaphore(value: 0)

        func end(_ problem: DaemonProblem?) {
            self.problem.withLock { $0 = problem }
            bell.signal()
        }

        func wait() -> DaemonProblem? {
            bell.wait()
            return problem.withLock { $0 }
        }
    }
}
