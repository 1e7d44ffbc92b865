"""Addresses of indexes on clusters: `https://host:9200/name`, several hosts with commas."""

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
"""Names that a cluster accepts, with room for the number of a generation."""
PORT = 9200

PLAIN = "BRIEFQA_INDEX_PLAIN_HTTP"
"""The environment variable that allows plain http to other machines."""
FORM = "expected https://host:9200/name, or several hosts with commas"


class Host(Record):
    """A node of a cluster."""

    name: str
    port: int


class Address(Record):
    """An index on a cluster.

    Attributes:
        secure: whether requests use TLS.
        hosts: nodes of the cluster; if one is down, requests go to another.
        name: the name of the index.
    """

    secure: bool
    hosts: tuple[Host, ...]
    name: str

    def __str__(self) -> str:
        hosts = ",".join(f"{host.name}:{host.port}" for host in self.hosts)
        return f"http{'s' * self.secure}://{hosts}/{self.name}"


def parse_address(written: str, environment: Mapping[str, str]) -> Address:
    """Parse an address.

    Args:
        written: the address.
        environment: the environment variables; BRIEFQA_INDEX_PLAIN_HTTP=1 allows plain http to
            other machines.

    Raises:
        UsageError: the address is invalid, contains a password, or uses plain http to another
            machine.
    """
    match = ADDRESS.fullmatch(written)
    if match is None:
        raise UsageError(f"invalid address of an index; {FORM}")
    scheme, hosts, name = match.groups()
    if "@" in hosts:
        raise UsageError(
            "an address must not contain a user or a password, since others can read it;"
            " set BRIEFQA_INDEX_USER and BRIEFQA_INDEX_PASSWORD"
        )
    if not NAME.fullmatch(name):
        raise UsageError(f"invalid index name {name}: use lowercase letters, digits, - and _")
    address = Address(scheme.lower() == "https", tuple(map(_host, hosts.split(","))), name)
    if not (address.secure or environment.get(PLAIN) == "1" or all(map(_is_here, address.hosts))):
        raise UsageError(
            f"plain http sends documents and passwords unencrypted; use https, or set {PLAIN}=1"
        )
    return address


def _host(written: str) -> Host:
    match = HOST.fullmatch(written)
    port = int(match[2] or PORT) if match else 0
    if match is None or not 0 < port < 65536:
        raise UsageError(f"invalid host {written}; {FORM}")
    return Host(match[1], port)


def _is_here(host: Host) -> bool:
    """Return whether a host is this machine."""
    try:
        return ip_address(host.name.strip("[]")).is_loopback
    except ValueError:
        return host.name.lower() == "localhost"
