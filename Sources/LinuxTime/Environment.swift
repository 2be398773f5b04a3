internal import Glibc

/// The value of a variable in this process's environment, or `nil` where it is not set.
public func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
