public import ConveneCore
public import ZonedTime

/// What every transaction needs to know besides the rows.
public struct Context: Sendable {
    /// The database's random id, in every identity.
    public let databaseID: String
    public let zones: any TimeZoneSource
    public let standardAlarms: StandardAlarms
}
