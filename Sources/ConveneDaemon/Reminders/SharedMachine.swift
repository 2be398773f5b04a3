package import ConveneCore
import Synchronization

/// The machine, shared by the loop that works with the store and the one that works with the journal.
package final class SharedMachine: Sendable {
    private let machine: Mutex<ReminderMachine>

    package init(_ machine: ReminderMachine) { self.machine = Mutex(machine) }

    package func callAsFunction<Result: Sendable>(_ body: (inout ReminderMachine) -> Result) -> Result {
        machine.withLock { body(&$0) }
    }
}
