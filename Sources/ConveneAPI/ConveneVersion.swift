/// The version of the programs and of the interface that they speak.
public enum ConveneVersion {
    /// Semantic versioning: `0.1.0`.
    public static let current = "0.1.0"
}
