import Varlink

/// A call that a client has to make, and what it is answered.
struct CertificationStep {
    let method: String
    /// Without the client's id.
    let parameters: JSONValue
    var more = false
    var oneway = false
    let replies: [JSONValue]

    func call(of client: String) -> Call {
        var members = ["client_id": JSONValue.string(client)]
        if case .object(let own) = parameters { members.merge(own) { $1 } }
        return Call(
            method: "\(Certification.name).\(method)", parameters: .object(members), more: more, oneway: oneway)
    }

    static let all: [CertificationStep] = [
        CertificationStep(method: "Test01", parameters: [:], replies: [["bool": true]]),
        CertificationStep(method: "Test02", parameters: ["bool": true], replies: [["int": 1]]),
        CertificationStep(method: "Test03", parameters: ["int": 1], replies: [["float": 1.0]]),
        CertificationStep(method: "Test04", parameters: ["float": 1.0], replies: [["string": "ping"]]),
        CertificationStep(method: "Test05", parameters: ["string": "ping"], replies: [structure]),
        CertificationStep(method: "Test06", parameters: structure, replies: [["struct": structure]]),
        CertificationStep(method: "Test07", parameters: ["struct": structure], replies: [["map": map]]),
        CertificationStep(method: "Test08", parameters: ["map": map], replies: [["set": set]]),
        CertificationStep(method: "Test09", parameters: ["set": set], replies: [["mytype": everything]]),
        CertificationStep(
            method: "Test10", parameters: ["mytype": everything], more: true,
            replies: lines.map { ["string": .string($0)] }),
        CertificationStep(
            method: "Test11", parameters: ["last_more_replies": .array(lines.map(JSONValue.string))], oneway: true,
            replies: [[:]]),
        CertificationStep(method: "End", parameters: [:], replies: [["all_ok": true]]),
    ]

    private static let lines = (1...10).map { "Reply number \($0)" }
    private static let structure: JSONValue = [
        "bool": false, "int": 2, "float": .number(.pi), "string": "a lot of string",
    ]
    private static let map: JSONValue = ["foo": "Foo", "bar": "Bar"]
    private static let set: JSONValue = ["one": [:], "two": [:], "three": [:]]

    /// A value of the interface's `MyType`.
    private static let everything: JSONValue = [
        "object": ["method": "org.varlink.certification.Test09", "parameters": ["map": map]],
        "enum": "two",
        "struct": ["first": 1, "second": "2"],
        "array": ["one", "two", "three"],
        "dictionary": map,
        "stringset": set,
        "interface": [
            "foo": [nil, ["foo": "foo", "bar": "bar"], nil, ["one": "foo", "two": "bar"]],
            "anon": ["foo": true, "bar": false],
        ],
    ]
}
