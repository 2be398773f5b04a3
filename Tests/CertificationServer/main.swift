// Serves org.varlink.certification at the socket whose path is the only argument, so that
// clients which others wrote can prove the server.

import Glibc
import Logging
import Varlink
import VarlinkNIO

guard CommandLine.arguments.count == 2 else {
    print("usage: VarlinkCertification PATH")
    Glibc.exit(2)
}

let directory = try ServiceDirectory(
    information: ServiceInformation(
        vendor: "example", product: "Varlink certification", version: "1", url: "https://varlink.org"),
    interfaces: [Certification()])
let server = VarlinkServer(directory: directory, logger: Logger(label: "certification"))
try await server.run(on: [ListeningSocket(path: CommandLine.arguments[1])])
