"""Prefix, Flow and PacketSet: translation and manners, not algorithms."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from netproof import (
    Diagnostic,
    Flow,
    InputError,
    Location,
    PacketSet,
    ParseError,
    Prefix,
)

FLOW = Flow("10.0.0.1", "10.1.0.1", dport=443)
WEB = PacketSet("10.0.0.0/8", "10.1.0.0/16", "tcp/443")

VALUES = [
    Prefix("10.0.0.0/8"),
    Prefix("2001:db8::/32"),
    FLOW,
    Flow("10.0.0.1", "10.1.0.1", "icmp", type=8, code=0),
    Flow("::1", "::2", 47),
    PacketSet.none(),
    PacketSet.all(),
    WEB,
    WEB | PacketSet("::/0", "any", ["udp/53", "icmpv6/128"]),
    PacketSet.all() - WEB,
    Location("a.yaml", 1, 2, 3, 4),
    Diagnostic("no-route", Location("a.yaml", 1), "a route is", "x", "y"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: repr(v)[:40])
def test_a_representation_builds_the_value(value: Any) -> None:
    names = {kind.__name__: kind for kind in map(type, VALUES)}
    rebuilt = eval(repr(value), names)
    assert rebuilt == value
    assert hash(rebuilt) == hash(value)


@pytest.mark.parametrize("value", VALUES, ids=lambda v: repr(v)[:40])
def test_a_value_crosses_a_process_boundary(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda v: repr(v)[:40])
def test_a_value_does_not_change(value: Any) -> None:
    for name in dir(value):
        if not name.startswith("_"):
            with pytest.raises(AttributeError):
                setattr(value, name, 1)
            break


def test_values_of_different_kinds_are_not_equal() -> None:
    assert len(set(VALUES)) == len(VALUES)
    assert Prefix("10.0.0.0/8") != "10.0.0.0/8"


def test_host_bits_are_refused_with_both_readings() -> None:
    with pytest.raises(ParseError) as caught:
        Prefix("10.0.1.0/16")
    assert isinstance(caught.value, InputError)
    assert isinstance(caught.value, ValueError)
    assert caught.value.fragment == "10.0.1.0/16"
    assert "10.0.0.0/16" in str(caught.value)
    assert "10.0.1.0/24" in str(caught.value)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.fragment == "10.0.1.0/16"


@pytest.mark.parametrize(
    "error",
    [
        ParseError("a prefix length is 0 to 32", "33"),
        InputError([Diagnostic("a", Location("f", 1), "what")]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_crosses_a_process_boundary(error: InputError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.diagnostics == error.diagnostics


def test_prefixes_contain_and_sort() -> None:
    ten = Prefix("10.0.0.0/8")
    assert "10.1.2.3" in ten
    assert Prefix("10.1.0.0/16") in ten
    assert "10.1.0.0/16" in ten
    assert "11.0.0.0" not in ten
    assert ten.contains("10.0.0.0/8")
    assert ten.overlaps(Prefix("0.0.0.0/0"))
    assert (ten.first, ten.last) == ("10.0.0.0", "10.255.255.255")
    assert (ten.length, ten.family) == (8, 4)
    assert Prefix("::/0").family == 6
    assert sorted([Prefix("::/0"), Prefix("10.1.0.0/16"), ten])[0] == ten


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"src": "x", "dst": "10.0.0.1", "dport": 1}, "four decimal octets"),
        ({"src": "::1", "dst": "10.0.0.1", "dport": 1}, "one family"),
        ({"src": "10.0.0.2", "dst": "10.0.0.1"}, "has a dport"),
        ({"src": "10.0.0.2", "dst": "10.0.0.1", "dport": 70000}, "0 to 65535"),
        ({"src": "10.0.0.2", "dst": "10.0.0.1", "dport": -1}, "0 to 65535"),
        (
            {"src": "10.0.0.2", "dst": "10.0.0.1", "protocol": "nope"},
            "a protocol is",
        ),
        (
            {"src": "10.0.0.2", "dst": "10.0.0.1", "protocol": 256},
            "a protocol is",
        ),
        (
            {
                "src": "10.0.0.2",
                "dst": "10.0.0.1",
                "protocol": "icmp",
                "dport": 1,
            },
            "type and code",
        ),
        (
            {
                "src": "10.0.0.2",
                "dst": "10.0.0.1",
                "protocol": "icmp",
                "type": 256,
            },
            "0 to 255",
        ),
        (
            {"src": "10.0.0.2", "dst": "10.0.0.1", "protocol": 47, "code": 1},
            "type and code",
        ),
    ],
)
def test_a_flow_that_cannot_exist_is_refused(
    arguments: dict[str, Any], why: str
) -> None:
    with pytest.raises(ParseError, match=why):
        Flow(**arguments)


def test_a_flow_has_the_fields_of_its_protocol() -> None:
    assert (FLOW.sport, FLOW.dport, FLOW.type) == (49152, 443, None)
    echo = Flow("::1", "::2", "icmpv6")
    assert (echo.type, echo.code, echo.sport) == (128, 0, None)
    assert Flow("10.0.0.1", "10.0.0.2", "icmp").type == 8
    assert Flow("10.0.0.1", "10.0.0.2", 6, dport=1).protocol == "tcp"
    assert str(FLOW) == "10.0.0.1:49152 -> 10.1.0.1:443/tcp"


def test_packet_sets_have_operators() -> None:
    dns = PacketSet("10.0.0.0/8", "10.1.0.0/16", "udp/53")
    assert (WEB | dns) - dns == WEB
    assert (WEB & dns).empty
    assert not (WEB & dns)
    assert ~WEB == WEB.complement() == PacketSet.all() - WEB
    assert WEB | dns >= WEB
    assert WEB.lies_inside(WEB)
    assert WEB.disjoint_from(dns)
    assert FLOW in WEB
    assert PacketSet.of(FLOW).size == 1
    assert PacketSet.of(FLOW).sample() == FLOW
    assert PacketSet.none().sample() is None
    assert WEB.size == 2**24 * 2**16 * 2**16


def test_a_packet_set_tells_what_it_holds() -> None:
    assert WEB.src == ["10.0.0.0/8"]
    assert WEB.dst == ["10.1.0.0/16"]
    assert WEB.service == "tcp/443"
    assert str(WEB) == "tcp/443 from 10.0.0.0/8 to 10.1.0.0/16"
    assert PacketSet.from_boxes(WEB.boxes()) == WEB
    assert PacketSet(Prefix("10.0.0.0/8"), "10.1.0.0/16", ["tcp/443"]) == WEB


@pytest.mark.parametrize(
    "box",
    [
        (["10.0.0.1/8"], ["any"], [(6, 0, 1, 0, 1)]),
        (["any"], ["any"], [(256, 0, 1, 0, 1)]),
        (["any"], ["any"], [(6, 0, 65536, 0, 1)]),
        (["any"], ["any"], [(6, 2, 1, 0, 1)]),
        (["any"], ["any"], [(1, 0, 256, 0, 1)]),
        (["any"], ["any"], [(6, -1, 1, 0, 1)]),
    ],
)
def test_a_box_out_of_range_is_refused(box: Any) -> None:
    with pytest.raises(ParseError):
        PacketSet.from_boxes([box])


def test_names_are_the_public_ones() -> None:
    for value in VALUES:
        assert type(value).__module__ == "netproof"
