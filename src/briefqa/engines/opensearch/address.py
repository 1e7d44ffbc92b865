"""Where a cluster's index is, as written: `https://host:9200/name`, several hosts with commas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address

from briefqa.errors import UsageError
from briefqa.records import Record

__all__ = ["Address", "Host", "parse_address"]

ADDRESS = re.compile(r"(https?)://([^/?#]+)/([^/?#]+)/?", re.IGNORECASE)
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?", re.IGNORECASE | re.ASCII)
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,199}")
"""Names that a cluster takes, with room for the number of a generation."""
PORT = 9200

PLAIN = "BRIEFQA_INDEX_PLAIN_HTTP"
"""The variable that allows plain http beyond this machine."""
FORM = "an index on a cluster is written https://host:9200/name, several hosts with commas"


class Host(Record):
    """A node that is spoken to."""

    name: str
    port: int


class Address(Record):
    """An index on a cluster.

    Attributes:
        secure: whether it is spoken to by TLS.
        hosts: nodes of the cluster; where one is down, another is asked.
        name: of the index.
    """

    secure: bool
    hosts: tuple[Host, ...]
    name: str

    def __str__(self) -> str:
        hosts = ",".join(f"{host.name}:{host.port}" for host in self.hosts)
        return f"http{'s' * self.secure}://{hosts}/{self.name}"


def parse_address(written: str, environment: Mapping[str, str]) -> Address:
    """Take an address apart.

    Args:
        written: the address.
        environment: the environment variables; BRIEFQA_INDEX_PLAIN_HTTP=1 allows plain http to
            other machines.

    Raises:
        UsageError: it is none, holds a password, or would send everything in the clear.
    """
    match = ADDRESS.fullmatch(written)
    if match is None:
        raise UsageError(FORM)
    scheme, hosts, name = match.groups()
    if "@" in hosts:
        raise UsageError(
            "an address holds no user or password, for others can read it;"
            " set BRIEFQA_INDEX_USER and BRIEFQA_INDEX_PASSWORD"
        )
    if not NAME.fullmatch(name):
        raise UsageError(f"{name} is no name of an index; small letters, digits, - and _ make one")
    address = Address(scheme.lower() == "https", tuple(map(_host, hosts.split(","))), name)
    if not (address.secure or environment.get(PLAIN) == "1" or all(map(_is_here, address.hosts))):
        raise UsageError(
            f"plain http sends documents and passwords in the clear; use https, or set {PLAIN}=1"
        )
    return address


def _host(written: str) -> Host:
    match = HOST.fullmatch(written)
    port = int(match[2] or PORT) if match else 0
    if match is None or not 0 < port < 65536:
        raise UsageError(f"{written} is no host; {FORM}")
    return Host(match[1], port)


def _is_here(host: Host) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host.name.strip("[]")).is_loopback
    except ValueError:
        return host.name.lower() == "localhost"
