#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Checks verdicts of the slow path with scapy, which computes every checksum anew.

Reads one JSON object per line: op, limit, gateway4, gateway6, input (hex), reason, frames (hex).
Prints how many of each kind were checked; ends with status 1 at the first that is wrong.
"""
import collections
import json
import sys

from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.inet import ICMP, IP, TCP, UDP, IPerror, TCPerror, UDPerror
from scapy.layers.inet import defragment, in4_chksum
from scapy.layers.inet6 import ICMPv6ND_RA, ICMPv6NDOptMTU, ICMPv6PacketTooBig, IPerror6, IPv6, in6_chksum
from scapy.layers.l2 import Dot1AD, Dot1Q, Ether
from scapy.packet import Raw, bind_layers

for lower in (Ether, Dot1Q, Dot1AD):
    bind_layers(lower, Dot1Q, type=0x8100)
    bind_layers(lower, Dot1Q, type=0x9100)
    bind_layers(lower, Dot1AD, type=0x88A8)
    bind_layers(lower, IP, type=0x0800)
    bind_layers(lower, IPv6, type=0x86DD)

counts = collections.Counter()


class Frame:
    """A dissected frame: its IP layer, where that starts, and the IP packet's own bytes."""

    def __init__(self, raw):
        self.raw = raw
        self.ether = Ether(raw)
        self.start = 14
        layer = self.ether.payload
        while isinstance(layer, (Dot1Q, Dot1AD)):
            self.start += 4
            layer = layer.payload
        assert isinstance(layer, (IP, IPv6)), f"no IP packet but {layer!r}"
        self.ip = layer
        self.v6 = isinstance(layer, IPv6)
        self.length = 40 + layer.plen if self.v6 else layer.len
        self.packet = raw[self.start : self.start + self.length]
        self.mtu = None

    def layers(self):
        """The classes from the IP layer on."""
        layer, found = self.ip, []
        while layer:
            found.append(type(layer))
            layer = layer.payload
        return found


def rebuilt(frame, at, *fields):
    """The frame with these fields of these layers by scapy, and plain bytes from there on.

    What is random further up would be dissected to something that cannot be built again.
    """
    copy = Ether(frame.raw)
    copy[fields[-1][0]].remove_payload()
    copy = copy / Raw(frame.packet[at:])
    for layer, field in fields:
        delattr(copy[layer], field)
    return bytes(copy)


def check_no_trailer(frame):
    assert len(frame.raw) == frame.start + frame.length, "a trailer"


def check_addresses(answer, original, gateway):
    assert answer.ether.dst == original.ether.src and answer.ether.src == original.ether.dst
    assert answer.raw[12 : answer.start] == original.raw[12 : original.start], "tags"
    assert answer.ip.dst == original.ip.src
    assert answer.ip.src == (gateway or original.ip.dst)


def check_quote(answer, original, quote_class, icmp_class, at):
    quote = answer.raw[answer.start + at :]
    room = (1280 if original.v6 else 576) - at
    assert len(quote) == min(original.length, room), "the quote's length"
    assert quote == original.packet[: len(quote)], "the quote"
    layers = answer.layers()
    assert layers[1:3] == [icmp_class, quote_class], f"decodes as {layers}"
    quoted = answer.ip[quote_class]
    assert (quoted.src, quoted.dst) == (original.ip.src, original.ip.dst)
    for error, sent in ((UDPerror, UDP), (TCPerror, TCP)):
        if error in layers:
            counts["quoted ports"] += 1
            assert quoted[error].sport == original.ip[sent].sport
            assert quoted[error].dport == original.ip[sent].dport
    assert Raw not in layers[:3]


def check_answer_ipv4(case, original, answer):
    check_no_trailer(answer)
    check_addresses(answer, original, case["gateway4"])
    ip, icmp = answer.ip, answer.ip[ICMP]
    assert (icmp.type, icmp.code) == (3, 4)
    assert icmp.nexthopmtu == original.mtu, f"MTU {icmp.nexthopmtu}"
    assert (ip.tos, ip.ttl, ip.id, str(ip.flags), ip.frag, ip.ihl) == (0xC0, 64, 0, "DF", 0, 5)
    assert ip.len <= 576
    again = rebuilt(answer, 28, (IP, "chksum"), (IP, "len"), (IP, "ihl"), (ICMP, "chksum"))
    assert again == answer.raw, "scapy's checksums differ"
    check_quote(answer, original, IPerror, ICMP, 28)


def check_answer_ipv6(case, original, answer):
    check_no_trailer(answer)
    check_addresses(answer, original, case["gateway6"])
    ip, icmp = answer.ip, answer.ip[ICMPv6PacketTooBig]
    assert (icmp.type, icmp.code) == (2, 0)
    assert icmp.mtu == max(1280, original.mtu), f"MTU {icmp.mtu}"
    assert (ip.tc, ip.fl, ip.hlim) == (0, 0, 64)
    assert answer.length <= 1280
    again = rebuilt(answer, 48, (IPv6, "plen"), (ICMPv6PacketTooBig, "cksum"))
    assert again == answer.raw, "scapy's checksum differs"
    check_quote(answer, original, IPerror6, ICMPv6PacketTooBig, 48)


def ipv4_options(ip):
    """The options but end and no-operation, as scapy reads them."""
    return [bytes(option) for option in ip.options if option.option not in (0, 1)]


def check_fragments(case, original, fragments):
    parts = []
    for index, part in enumerate(fragments):
        check_no_trailer(part)
        assert len(part.raw) <= case["limit"], "too large"
        assert part.raw[: part.start] == original.raw[: original.start], "MACs or tags"
        one, whole = part.ip, original.ip
        again = rebuilt(part, one.ihl * 4, (IP, "chksum"), (IP, "len"))
        assert again == part.raw, "scapy's checksum differs"
        for field in ("tos", "id", "ttl", "proto", "src", "dst"):
            assert getattr(one, field) == getattr(whole, field), field
        kept = [o for o in ipv4_options(whole) if index == 0 or o[0] & 0x80]
        assert ipv4_options(one) == kept, f"options {one.options} of {whole.options}"
        parts.append((one.frag * 8, "MF" in str(one.flags), part.packet[one.ihl * 4 :]))
    check_reassembly(original, parts)
    if not original.ip.frag and "MF" not in str(original.ip.flags):
        counts["defragmented by scapy"] += 1
        whole = defragment([with_plain_payload(part) for part in fragments])
        assert len(whole) == 1
        payload = bytes(whole[0])[whole[0].ihl * 4 :]
        assert payload == original.packet[original.ip.ihl * 4 :], "scapy reassembles another packet"


def with_plain_payload(part):
    ip = part.ether[IP].copy()
    ip.remove_payload()
    return ip / Raw(part.packet[ip.ihl * 4 :])


def check_reassembly(original, parts):
    at, data = original.ip.frag * 8, b""
    for index, (offset, more, payload) in enumerate(parts):
        assert offset == at + len(data), "a gap or an overlap"
        last = index == len(parts) - 1
        assert more == (not last or "MF" in str(original.ip.flags)), "more fragments"
        assert last or len(payload) % 8 == 0
        data += payload
    assert data == original.packet[original.ip.ihl * 4 :], "another payload"


def tcp_start(frame):
    """Where the TCP header starts in the packet; None if scapy sees none."""
    if TCP not in frame.layers():
        return None
    above = frame.ip
    start = 0
    while not isinstance(above, TCP):
        start += len(above) - len(above.payload)
        above = above.payload
    return start


def tcp_options(packet, tcp):
    """(kind, where, bytes) of each option up to the first that makes no sense."""
    at, end = tcp + 20, tcp + (packet[tcp + 12] >> 4) * 4
    found = []
    while at < end and packet[at] != 0:
        if packet[at] == 1:
            at += 1
            continue
        length = packet[at + 1] if at + 1 < end else 0
        if length < 2 or at + length > end:
            break
        found.append((packet[at], at, packet[at : at + length]))
        at += length
    return found


def mss_options(packet, tcp):
    return [
        (at, int.from_bytes(option[2:], "big"))
        for kind, at, option in tcp_options(packet, tcp)
        if kind == 2 and len(option) == 4
    ]


def scapy_mss(frame):
    return [value for kind, value in frame.ip[TCP].options if kind == "MSS"]


def mss_limit(original):
    return max(88, original.mtu - (60 if original.v6 else 40))


def check_tcp_checksum(frame, tcp):
    segment = bytearray(frame.packet[tcp:])
    stored = int.from_bytes(segment[16:18], "big")
    segment[16:18] = b"\0\0"
    compute = in6_chksum if frame.v6 else in4_chksum
    under = frame.ip[TCP].underlayer
    assert compute(6, under, bytes(segment)) == stored, "scapy's TCP checksum differs"
    if not frame.v6:
        again = rebuilt(frame, tcp, (IP, "chksum"))
        assert again == frame.raw[: frame.start + frame.length], "scapy's IP checksum differs"


def check_clamped(case, original, clamped):
    tcp = tcp_start(original)
    if tcp is None:
        counts["SYN behind headers that scapy does not know"] += 1
        return
    before, after, limit = original.packet, clamped.packet, mss_limit(original)
    assert original.ip[TCP].flags & 2, "no SYN"
    assert clamped.raw[: clamped.start] == original.raw[: original.start], "MACs or tags"
    old = mss_options(before, tcp)
    if len(after) == len(before):
        expected = bytearray(before)
        for at, value in old:
            expected[at + 2 : at + 4] = min(value, limit).to_bytes(2, "big")
        assert any(value > limit for _, value in old), "nothing to lower"
    else:
        counts["SYN with a new option"] += 1
        assert not old and (1220 if original.v6 else 536) > limit
        option = b"\2\4" + limit.to_bytes(2, "big")
        expected = bytearray(before[: tcp + 20] + option + before[tcp + 20 :])
        expected[tcp + 12] += 0x10
        field = 4 if original.v6 else 2
        expected[field : field + 2] = after[field : field + 2]
        assert clamped.length == original.length + 4
        if not original.v6:
            expected[10:12] = after[10:12]
    expected[tcp + 16 : tcp + 18] = after[tcp + 16 : tcp + 18]
    assert after == bytes(expected), "something else has changed"
    check_tcp_checksum(clamped, tcp)
    if scapy_mss(original) == [value for _, value in old]:
        counts["MSS read by scapy"] += 1
        assert scapy_mss(clamped) == ([min(v, limit) for _, v in old] or [limit])


def check_not_clamped(case, original, same):
    assert same.raw in (original.raw, original.raw[: original.start + original.length])
    tcp = tcp_start(original)
    if tcp is None or not original.ip[TCP].flags & 2:
        return
    kinds = [kind for kind, _, _ in tcp_options(original.packet, tcp)]
    if 29 in kinds:
        counts["signed SYN"] += 1
        return
    counts["SYN that is low enough"] += 1
    assert all(v <= mss_limit(original) for _, v in mss_options(original.packet, tcp))


def dhcp_fields(frame):
    """What a client reads: all fixed fields, the options but the MTU, and each MTU."""
    bootp = frame.ip[BOOTP]
    fixed = {f.name: bootp.getfieldval(f.name) for f in bootp.fields_desc if f.name != "options"}
    options = [o for o in frame.ip[DHCP].options if o not in ("pad", "end")]
    mtus = [o[1] for o in options if o[0] == "interface-mtu"]
    kind = next((o[1] for o in options if o[0] == "message-type"), None)
    return fixed, [o for o in options if o[0] != "interface-mtu"], mtus, kind


def check_dhcp(case, original, amended):
    mtu = case["limit"]
    if case["reason"] != "advertised":
        assert amended.raw == original.raw, "not advertised, but changed"
        if case["reason"] == "advertise-not-needed":
            _, _, mtus, kind = dhcp_fields(original)
            assert kind not in (2, 5) or (mtus and max(mtus) <= mtu), f"{mtus} of {kind}"
        return
    counts["advertised by DHCP"] += 1
    check_no_trailer(amended)
    fixed, others, mtus, kind = dhcp_fields(original)
    fixed_after, others_after, mtus_after, _ = dhcp_fields(amended)
    assert kind in (2, 5), f"message type {kind}"
    assert fixed_after == fixed and others_after == others, f"{others_after} of {others}"
    assert mtus_after == [mtu] and (not mtus or mtus[0] > mtu), f"{mtus_after} of {mtus}"
    assert amended.ip.len <= max(576, original.ip.len)
    same_headers(original, amended, ("len", "chksum"))
    udp = amended.ip[UDP]
    assert udp.len == amended.ip.len - 4 * amended.ip.ihl
    assert bool(udp.chksum) == bool(original.ip[UDP].chksum), "checksum or none"
    assert rebuilt_udp(amended) == amended.packet, "lengths and checksums"


def rebuilt_udp(frame):
    """The packet with all lengths and checksums computed by scapy, a UDP checksum if it has one."""
    ip = IP(frame.packet)
    data = bytes(ip[UDP].payload)
    none = ip[UDP].chksum == 0
    header = IP(frame.packet[: 4 * ip.ihl])
    header.remove_payload()
    udp = UDP(sport=ip[UDP].sport, dport=ip[UDP].dport)
    if none:
        udp.chksum = 0
    del header.len, header.chksum
    return bytes(header / udp / Raw(data))


def same_headers(original, amended, but):
    assert amended.raw[: amended.start] == original.raw[: original.start], "Ethernet header"
    for field in original.ip.fields_desc:
        if field.name not in but:
            before = original.ip.getfieldval(field.name)
            after = amended.ip.getfieldval(field.name)
            assert after == before, f"{field.name}: {after} of {before}"


def nd_options(packet):
    """The options as bytes, in order."""
    at, options = 56, []
    while at < len(packet):
        options.append(packet[at : at + 8 * packet[at + 1]])
        at += 8 * packet[at + 1]
    return options


def check_ra(case, original, frames):
    mtu = case["limit"]
    if case["reason"] != "advertised":
        assert not frames, "not advertised, but sent again"
        return
    counts["advertised by RA"] += 1
    (amended,) = frames
    check_no_trailer(amended)
    assert mtu >= 1280
    same_headers(original, amended, ("plen",))
    assert isinstance(amended.ip.payload, ICMPv6ND_RA)
    # One by one: behind an option that it does not know, scapy reads no further.
    told = [ICMPv6NDOptMTU(o).mtu for o in nd_options(amended.packet) if o[0] == 5]
    assert told and max(told) <= mtu, f"{told} of {mtu}"
    before, after = nd_options(original.packet), nd_options(amended.packet)
    assert [o for o in after if o[0] != 5] == [o for o in before if o[0] != 5], "other options"
    assert amended.packet[44:56] == original.packet[44:56], "fixed part"
    copy = IPv6(amended.packet)
    del copy.plen, copy[ICMPv6ND_RA].cksum
    assert bytes(copy) == amended.packet, "length and checksum"


def check(case):
    original = Frame(bytes.fromhex(case["input"]))
    original.mtu = case["limit"] - original.start
    frames = [Frame(bytes.fromhex(frame)) for frame in case["frames"]]
    reason = case["reason"]
    counts[reason] += 1
    if case["op"] == "ra":
        check_ra(case, original, frames)
        return
    if case["op"] == "dhcp":
        check_dhcp(case, original, *frames)
        return
    if reason == "fragmented":
        check_fragments(case, original, frames)
        return
    (only,) = frames
    if reason == "answered-ipv4":
        check_answer_ipv4(case, original, only)
    elif reason == "answered-ipv6":
        check_answer_ipv6(case, original, only)
    elif reason == "clamped":
        check_clamped(case, original, only)
    elif reason == "clamp-not-needed":
        check_not_clamped(case, original, only)
    elif reason == "fits":
        assert only.packet == original.packet and len(only.raw) <= case["limit"]
    elif reason == "delivered-by-exception":
        check_no_trailer(only)
        assert only.packet == original.packet and len(only.raw) > case["limit"]
    else:
        raise AssertionError(f"frames for {reason}")


def main():
    with open(sys.argv[1], encoding="ascii") as lines:
        for line in lines:
            case = json.loads(line)
            try:
                check(case)
            except Exception as problem:
                print(f"{type(problem).__name__}: {problem}\n{line}")
                raise
    print(", ".join(f"{what} {count}" for what, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
