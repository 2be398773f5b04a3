/// The names of the fields that every entry of ours can have.
public enum EntryField {
    public static let message = "MESSAGE"
    public static let kind = "CONVENE_KIND"
    public static let database = "CONVENE_DATABASE"
    public static let identity = "CONVENE_NOTIFICATION_ID"
    public static let meeting = "CONVENE_MEETING"
    public static let number = "CONVENE_NUMBER"
    /// The revision of the meeting by which it was said (RFC 5545's SEQUENCE).
    public static let revision = "CONVENE_REVISION"
    public static let summary = "CONVENE_SUMMARY"
    public static let location = "CONVENE_LOCATION"
    public static let status = "CONVENE_STATUS"
    public static let occurrence = "CONVENE_OCCURRENCE"
    public static let start = "CONVENE_START"
    public static let end = "CONVENE_END"
    public static let zone = "CONVENE_ZONE"
    public static let office = "CONVENE_OFFICE"
    public static let due = "CONVENE_DUE"
    public static let late = "CONVENE_LATE_SEC"
    public static let rehearsal = "CONVENE_REHEARSAL"
}
