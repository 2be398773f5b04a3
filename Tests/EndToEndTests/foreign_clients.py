"""Talks to convened with asyncvarlink, through an interface that is made from the description that it serves.

usage: foreign_clients.py SOCKET

asyncvarlink takes no field that the description does not have, misses none that it promises, and wants the type of each.
"""

import asyncio
import collections.abc
import inspect
import keyword
import sys
import types
import typing

import asyncvarlink
import varlink
from varlink import scanner

SCHEDULE = "org.convene.Schedule"


class Service(asyncvarlink.VarlinkInterface, name="org.varlink.service"):
    @asyncvarlink.varlinkmethod(return_parameter="description")
    def GetInterfaceDescription(self, *, interface: str) -> str: ...


class Types:
    """The Python types of a described interface."""

    def __init__(self, description):
        self.interface = varlink.Interface(description)

    def of(self, node, name="anonymous"):
        if isinstance(node, scanner._Struct):
            return typing.TypedDict(name, {field: self.of(of, field) for field, of in node.fields.items()})
        if isinstance(node, scanner._Enum):
            return typing.Literal[tuple(node.fields)]
        if isinstance(node, scanner._Maybe):
            return typing.Optional[self.of(node.element_type)]
        if isinstance(node, scanner._Array):
            return list[self.of(node.element_type)]
        if isinstance(node, scanner._Dict):
            return dict[str, self.of(node.element_type)]
        if isinstance(node, scanner._CustomType):
            return self.of(self.interface.members[node.name].type, node.name)
        # The scanner has a value of the type in the place of a simple one.
        return type(node)

    def proxy(self, protocol, streaming=()):
        """An interface with all methods; those that are 'streaming' answer with several replies."""

        def body(namespace):
            for method in self.interface.members.values():
                if isinstance(method, scanner._Method):
                    namespace[method.name] = asyncvarlink.varlinkmethod(self.function(method, streaming))

        made = types.new_class("Schedule", (asyncvarlink.VarlinkInterface,), {"name": self.interface.name}, body)
        return protocol.make_proxy(made)

    def function(self, method, streaming):
        def function(self): ...

        parameters = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        for name, node in method.in_type.fields.items():
            # Python has no parameter called 'from'; it is optional where there is one.
            if not keyword.iskeyword(name):
                default = None if isinstance(node, scanner._Maybe) else inspect.Parameter.empty
                kind = inspect.Parameter.KEYWORD_ONLY
                parameters.append(inspect.Parameter(name, kind, annotation=self.of(node), default=default))
        answer = self.of(method.out_type, method.name)
        if method.name in streaming:
            answer = collections.abc.Iterator[answer]
        function.__name__ = method.name
        function.__signature__ = inspect.Signature(parameters, return_annotation=answer)
        return function


async def talk(path):
    transport, protocol = await asyncvarlink.connect_unix_varlink(asyncvarlink.VarlinkClientProtocol, path)
    try:
        service = protocol.make_proxy(Service)
        description = (await service.GetInterfaceDescription(interface=SCHEDULE))["description"]
        described = Types(description)
        schedule = described.proxy(protocol)
        streaming = described.proxy(protocol, streaming=["List"])

        meeting = {
            "summary": "Talks of Seoul and Tokyo: 会談", "when": "2030-09-20 11:00", "duration": "90m", "city": "Tokyo",
            "repeat": "every 2 weeks", "alarms": ["15m", "1d"],
        }
        change = (await schedule.Add(meeting=meeting, zoneOfReader="Asia/Seoul"))["change"]
        assert change["meeting"]["summary"] == meeting["summary"], change
        assert change["occurrence"]["startsAt"] == "2030-09-20T11:00:00+09:00", change

        listed = (await schedule.List(limit=3))["occurrences"]
        assert [occurrence["there"]["start"] for occurrence in listed] == [
            "2030-09-20T11:00:00", "2030-10-04T11:00:00", "2030-10-18T11:00:00",
        ], listed

        streamed = []
        async for reply in streaming.List(limit=1200):
            streamed += reply["occurrences"]
        assert len(streamed) == 1200 and streamed[:3] == listed, len(streamed)

        await watch(path, described)
        await ask_everything(schedule)
        await refuse(schedule, described)
    finally:
        transport.close()


async def watch(path, described):
    """A connection that watches does nothing else any more."""
    transport, protocol = await asyncvarlink.connect_unix_varlink(asyncvarlink.VarlinkClientProtocol, path)
    async for reply in described.proxy(protocol, streaming=["Watch"]).Watch(after="L0N0"):
        assert reply["change"]["verb"] == "add", reply
        transport.close()
        return


async def ask_everything(schedule):
    """What the other methods answer is as described, too."""
    moved = await schedule.Move(reference="talks@2030-10-04", when="5 oct 9:00", zoneOfReader="Asia/Tokyo")
    assert moved["change"]["before"]["there"]["start"] == "2030-10-04T11:00:00", moved
    await schedule.Edit(reference="1", note="Views exchanged")
    await schedule.Confirm(reference="1")
    await schedule.AddAlarm(reference="1", alarm="1h after end")
    await schedule.RemoveAlarm(reference="1", alarm="1h after end")
    await schedule.Cancel(reference="talks@2030-10-18", reason="a holiday")
    await schedule.Undo()
    shown = await schedule.Show(reference="1")
    # It was confirmed already: that counted as no change.
    assert shown["meeting"]["revision"] == 7 and len(shown["changed"]) == 1, shown
    added = await schedule.AddMany(meetings=[{"summary": "Some day", "when": "some day in october 2030"}])
    assert added["numbers"] == [2], added
    await schedule.Fix(reference="2", when="2030-10-09 10:00")
    await schedule.Overview(zoneOfReader="Asia/Seoul")
    await schedule.GetLog(limit=5)
    await schedule.Preview(text="every 3rd friday 15:00 Geneva")
    await schedule.PreviewRule(dtstart="2030-01-01T09:00:00", rrule="FREQ=DAILY;COUNT=3")
    many = await schedule.PreviewRules(questions=[{"dtstart": "2030-01-01"}, {"dtstart": "2030-01-32"}])
    assert many["answers"][0] == {"occurrences": ["2030-01-01T00:00:00"], "complete": True}, many
    assert many["answers"][1]["error"].startswith("dtstart: "), many
    assert (await schedule.TestNotification())["seen"]
    assert (await schedule.Delete(reference="2"))["number"] == 2
    status = await schedule.GetStatus()
    assert status["meetings"] == 1 and status["pending"] == 0, status


async def refuse(schedule, described):
    """What is refused is refused with an error of the interface, its parameters as described."""
    for call, name, parameters in [
        (schedule.Show(reference="lunch"), "NoSuchMeeting", {"reference": "lunch"}),
        (schedule.Cancel(reference="talks"), "OccurrenceRequired", {"reference": "talks"}),
        (schedule.Add(meeting={"summary": "x", "when": "31 sep"}), "NotUnderstood", {"text": "31 sep", "position": 0}),
        (schedule.Held(reference="talks"), "NotPossible", {"number": 1}),
        (schedule.Edit(reference="1", summary="x", revision=1), "StaleRevision", {"expected": 1}),
        (schedule.Rehearse(to="tomorrow"), "NotRehearsing", {}),
    ]:
        try:
            answer = await call
        except asyncvarlink.GenericVarlinkErrorReply as error:
            assert error.name == f"{SCHEDULE}.{name}", error
            promised = described.interface.members[name].type.fields
            assert set(error.parameters) == set(promised), error
            assert parameters.items() <= error.parameters.items(), error
        else:
            raise AssertionError(answer)


asyncio.run(asyncio.wait_for(talk(sys.argv[1]), 240))
