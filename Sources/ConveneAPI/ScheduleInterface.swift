/// The interface `org.convene.Schedule` as it is served.
public enum ScheduleInterface {
    public static let name = "org.convene.Schedule"

    /// The interface file, byte for byte as it stands in the sources.
    public static var description: String {
        String(decoding: PackageResources.org_convene_Schedule_varlink, as: UTF8.self)
    }
}
