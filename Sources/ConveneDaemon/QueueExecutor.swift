import Dispatch
import Synchronization

/// Runs the daemon's tasks on serial queues of its own.
///
/// The default executor uses libdispatch's global pool, which is watched by a timer every second from its first use
/// on; a daemon that sleeps until something is due must not wake for that. Serial queues have no such watch.
final class QueueExecutor: TaskExecutor {
    private let queues: [DispatchQueue]
    private let next = Atomic<Int>(0)

    init(count: Int = 2) {
        queues = (0..<max(1, count)).map { DispatchQueue(label: "convened.tasks.\($0)") }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let turn = next.add(1, ordering: .relaxed).newValue & .max
        queues[turn % queues.count].async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
