"""Calls Varlink services with clients that others wrote: varlink, asyncvarlink, and systemd's varlinkctl.

usage: clients.py SERVICE CERTIFICATION VARLINKCTL...

SERVICE and CERTIFICATION are the paths of two sockets: of any service, and of one that offers
org.varlink.certification. VARLINKCTL is the command that runs varlinkctl.
"""

import asyncio
import json
import socket
import subprocess
import sys
import tempfile

import asyncvarlink
import varlink

CERTIFICATION = "org.varlink.certification"


class Service(asyncvarlink.VarlinkInterface, name="org.varlink.service"):
    @asyncvarlink.varlinkmethod(return_parameter="description")
    def GetInterfaceDescription(self, *, interface: str) -> str: ...


def cli(*arguments):
    """Runs the command line of the package varlink; its status is 0 even for errors, which are on stderr."""
    command = [sys.executable, "-m", "varlink.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    return done.stdout, done.stderr


def introspect(path):
    """Every interface is described, in a way that its reader understands; returns their names."""
    address = f"unix:{path}"
    info, _ = cli("info", address)
    assert info.startswith("Vendor: "), info
    names = [line.strip() for line in info.split("Interfaces:\n")[1].splitlines()]
    assert "org.varlink.service" in names, names
    for name in names:
        text, problem = cli("help", f"{address}/{name}")
        assert f"interface {name}\n" in text, problem
        assert varlink.Interface(text).name == name
    return names


def errors(path):
    """What a service does not have is named."""
    address = f"unix:{path}"
    for method, parameters, error, culprit in [
        ("org.example.Nothing.Get", "{}", "InterfaceNotFound", {"interface": "org.example.Nothing"}),
        ("org.varlink.service.GetNothing", "{}", "MethodNotFound", {"method": "org.varlink.service.GetNothing"}),
        ("org.varlink.service.GetInfo", '{"x": 1}', "InvalidParameter", {"parameter": "x"}),
    ]:
        frame = json.dumps({"method": method, "parameters": json.loads(parameters)}).encode() + b"\0"
        reply = raw_call(path, frame)
        assert reply == {"error": f"org.varlink.service.{error}", "parameters": culprit}, reply
    out, problem = cli("call", f"{address}/org.varlink.service.GetInterfaceDescription", '{"interface": "org.no"}')
    assert "InterfaceNotFound" in out + problem, (out, problem)


def raw_call(path, frame):
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(10)
        client.connect(path)
        client.sendall(frame)
        reply = b""
        while not reply.endswith(b"\0"):
            reply += client.recv(65536)
        return json.loads(reply[:-1])


def certify(path):
    """The calls of org.varlink.certification, streaming and oneway among them."""
    with varlink.Client.new_with_address(f"unix:{path}") as client, client.open(CERTIFICATION) as service:
        client_id = service.Start()["client_id"]
        value = service.Test01(client_id)["bool"]
        value = service.Test02(client_id, value)["int"]
        value = service.Test03(client_id, value)["float"]
        value = service.Test04(client_id, value)["string"]
        value = service.Test05(client_id, value)
        value = service.Test06(client_id, value["bool"], value["int"], value["float"], value["string"])["struct"]
        value = service.Test07(client_id, value)["map"]
        value = service.Test08(client_id, value)["set"]
        value = service.Test09(client_id, value)["mytype"]
        lines = [reply["string"] for reply in service.Test10(client_id, value, _more=True)]
        assert lines == [f"Reply number {number}" for number in range(1, 11)], lines
        service.Test11(client_id, lines, _oneway=True)
        assert service.End(client_id)["all_ok"] is True
    call_more = ["call", "-m", f"unix:{path}/{CERTIFICATION}.Start", "{}"]
    assert "client_id" in cli(*call_more)[0]
    out, problem = cli("call", f"unix:{path}/{CERTIFICATION}.Test01", '{"client_id": "nobody"}')
    assert "ClientIdError" in out + problem, (out, problem)


class Certification(asyncvarlink.VarlinkInterface, name=CERTIFICATION):
    @asyncvarlink.varlinkmethod(return_parameter="client_id")
    def Start(self) -> str: ...

    @asyncvarlink.varlinkmethod(return_parameter="bool")
    def Test01(self, *, client_id: str) -> bool: ...

    @asyncvarlink.varlinkmethod(return_parameter="int")
    def Test02(self, *, client_id: str, bool: bool) -> int: ...


async def call_asynchronously(service, certification):
    transport, protocol = await asyncvarlink.connect_unix_varlink(asyncvarlink.VarlinkClientProtocol, service)
    try:
        proxy = protocol.make_proxy(Service)
        text = (await proxy.GetInterfaceDescription(interface="org.varlink.service"))["description"]
        assert "interface org.varlink.service\n" in text, text
        try:
            await proxy.GetInterfaceDescription(interface="org.no")
        except asyncvarlink.GenericVarlinkErrorReply as error:
            assert error.name == "org.varlink.service.InterfaceNotFound", error
        else:
            raise AssertionError("no error")
    finally:
        transport.close()
    transport, protocol = await asyncvarlink.connect_unix_varlink(asyncvarlink.VarlinkClientProtocol, certification)
    try:
        proxy = protocol.make_proxy(Certification)
        client_id = (await proxy.Start())["client_id"]
        value = (await proxy.Test01(client_id=client_id))["bool"]
        assert (await proxy.Test02(client_id=client_id, bool=value)) == {"int": 1}
    finally:
        transport.close()


class Varlinkctl:
    def __init__(self, command, path):
        self.command = command
        self.address = f"unix:{path}"

    def run(self, verb, *arguments):
        return subprocess.run([*self.command, verb, *arguments], capture_output=True, text=True, timeout=20)

    def call(self, method, parameters, *options):
        """All replies, or the error's name."""
        done = self.run("call", "-j", *options, self.address, method, json.dumps(parameters))
        if done.returncode:
            return done.stderr.strip().split(": ")[-1]
        return [json.loads(line) for line in done.stdout.replace("\x1e", "").splitlines()]

    def introspect(self, interfaces):
        """Its parser and its validator take every description that is given."""
        done = self.run("info", self.address)
        assert done.returncode == 0, done.stderr
        for name in interfaces:
            done = self.run("introspect", self.address, name)
            assert done.returncode == 0 and not done.stderr, (name, done.stderr)
            with tempfile.NamedTemporaryFile("w", suffix=".varlink") as file:
                file.write(done.stdout)
                file.flush()
                done = self.run("validate-idl", file.name)
                assert done.returncode == 0 and not done.stderr, (name, done.stderr)

    def errors(self):
        assert self.call("org.example.Nothing.Get", {}) == "org.varlink.service.InterfaceNotFound"
        assert self.call("org.varlink.service.GetNothing", {}) == "org.varlink.service.MethodNotFound"
        assert self.call("org.varlink.service.GetInfo", {"x": 1}) == "org.varlink.service.InvalidParameter"
        # It sends a null member as it is; that is as good as none.
        assert self.call("org.varlink.service.GetInfo", {"x": None})[0]["vendor"]

    def certify(self):
        """As above, each reply's value being the next call's parameter."""
        [reply] = self.call(f"{CERTIFICATION}.Start", {})
        client = {"client_id": reply["client_id"]}
        value = {}
        for number in range(1, 10):
            [value] = self.call(f"{CERTIFICATION}.Test{number:02}", {**client, **value})
        method = f"{CERTIFICATION}.Test10"
        lines = [reply["string"] for reply in self.call(method, {**client, **value}, "--more")]
        assert len(lines) == 10, lines
        self.call(f"{CERTIFICATION}.Test11", {**client, "last_more_replies": lines}, "--oneway")
        assert self.call(f"{CERTIFICATION}.End", client) == [{"all_ok": True}]
        assert self.call(f"{CERTIFICATION}.End", client) == f"{CERTIFICATION}.ClientIdError"


def main():
    service, certification, *varlinkctl = sys.argv[1:]
    interfaces = introspect(service)
    errors(service)
    introspect(certification)
    certify(certification)
    print("varlink (Python): agrees")
    asyncio.run(call_asynchronously(service, certification))
    print("asyncvarlink: agrees")
    systemd = Varlinkctl(varlinkctl, service)
    # Its parser has no arrays of optional elements, as in the certification's description.
    systemd.introspect(name for name in interfaces if name != CERTIFICATION)
    systemd.errors()
    Varlinkctl(varlinkctl, certification).certify()
    print("varlinkctl: agrees")


if __name__ == "__main__":
    main()
