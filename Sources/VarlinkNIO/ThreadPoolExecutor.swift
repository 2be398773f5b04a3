public import NIOPosix

/// Runs tasks on threads of NIO's, which sleep until there is something to do.
///
/// The pool on which Swift runs tasks by default belongs to libdispatch, whose Linux version, once used,
/// looks after its threads every second for as long as the process lives. A program that is to sleep
/// soundly runs everything it does under `withTaskExecutorPreference(ThreadPoolExecutor.shared)`, makes
/// its own unstructured tasks with it too, and uses neither `Task.sleep` nor `DispatchQueue.global`.
public final class ThreadPoolExecutor: TaskExecutor {
    /// As many threads as there are cores.
    public static let shared = ThreadPoolExecutor(pool: .singleton)

    private let pool: NIOThreadPool

    /// - Parameter pool: Started already, and never to be shut down while tasks run on it.
    public init(pool: NIOThreadPool) { self.pool = pool }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
