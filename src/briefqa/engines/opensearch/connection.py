"""Connections to clusters: the address of an index, the credentials for its nodes, and refusals.

An address is `https://host:9200/name`, with commas between several hosts. Credentials are user and
password, client certificate, and trusted authorities. None of these is taken from the command line,
which every process can read, and none is ever shown. A request that a cluster refuses becomes an
error of one line, which says what to do and whether a retry may succeed.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from ipaddress import ip_address

from briefqa.errors import EngineError, UsageError, describe
from briefqa.records import Record

__all__ = [
    "Address",
    "Host",
    "Login",
    "RequestError",
    "find_login",
    "is_passing",
    "parse_address",
    "refusal",
    "tls_context",
    "unlike",
]

ADDRESS = re.compile(r"(https?)://([^/?#]+)/([^/?#]+)/?", re.IGNORECASE)
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?", re.IGNORECASE | re.ASCII)
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,199}")
"""Names that a cluster accepts, with room for the number of a generation."""
PORT = 9200

PLAIN = "BRIEFQA_INDEX_PLAIN_HTTP"
"""The environment variable that allows plain http to other machines."""
FORM = "expected https://host:9200/name, or several hosts with commas"

USER = "BRIEFQA_INDEX_USER"
PASSWORD = "BRIEFQA_INDEX_PASSWORD"
COMMAND = "BRIEFQA_INDEX_PASSWORD_COMMAND"
AUTHORITY = "BRIEFQA_INDEX_CA"
CERTIFICATE = "BRIEFQA_INDEX_CERTIFICATE"
KEY = "BRIEFQA_INDEX_KEY"

PATIENCE = 30
"""Seconds until the password command fails."""

BUSY = frozenset({429, 502, 503, 504})
"""The HTTP statuses after which a retry may succeed."""
PASSING = frozenset(
    "connect_transport_exception index_shard_closed_exception illegal_index_shard_state_exception"
    " master_not_discovered_exception no_shard_available_action_exception node_closed_exception"
    " node_disconnected_exception node_not_connected_exception receive_timeout_transport_exception"
    " shard_not_found_exception shard_not_in_primary_mode_exception unavailable_shards_exception"
    " already_closed_exception".split()
)
"""The causes of errors that pass once other nodes have taken over."""
WRAPPERS = frozenset({"search_phase_execution_exception", "remote_transport_exception"})
"""Errors that have others as their causes."""
CAUSES = ("root_cause", "caused_by", "failed_shards", "reason")
"""The fields of an error that have others."""
MOST_CAUSES = 1000
"""The number of causes of an error that are looked at."""


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


class Login(Record):
    """A user and a password; `repr` does not show the password."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login(user={self.user!r}, password=...)"


def find_login(host: Host, environment: Mapping[str, str]) -> Login | None:
    """Find user and password in the environment, from a command, or in the netrc file.

    Args:
        host: the node to log in to.
        environment: the environment variables.

    Returns:
        Both; None if neither is set.

    Raises:
        UsageError: only one of them is set, the command fails, or the file cannot be read.
    """
    user = environment.get(USER, "")
    if command := environment.get(COMMAND, ""):
        password = _run(command)
    else:
        password = environment.get(PASSWORD, "")
    if not user and not password:
        return _from_netrc(host, environment)
    if not user or not password:
        raise UsageError(f"{USER} must be set with {PASSWORD} or {COMMAND}, and they with it")
    return Login(user, password)


def _run(command: str) -> str:
    """Return the first line that a command prints; the command is run without a shell."""
    import shlex
    import subprocess

    try:
        done = subprocess.run(
            shlex.split(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout.decode().splitlines()[0]
    except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
        raise UsageError(f"{COMMAND} must print the password on its first line") from error


def _from_netrc(host: Host, environment: Mapping[str, str]) -> Login | None:
    from netrc import NetrcParseError, netrc

    path = environment.get("NETRC") or os.path.expanduser("~/.netrc")
    try:
        found = netrc(path).authenticators(host.name.strip("[]"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path}: {describe(error)}") from error
    except (NetrcParseError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a netrc file, or one that others can read") from error
    return Login(found[0], found[2]) if found and found[0] and found[2] else None


def tls_context(environment: Mapping[str, str]) -> ssl.SSLContext:
    """Return a TLS context that verifies the certificate and the host name of the cluster.

    Args:
        environment: the environment variables. BRIEFQA_INDEX_CA is a file of authorities to trust
            instead of those of the system; BRIEFQA_INDEX_CERTIFICATE and BRIEFQA_INDEX_KEY are the
            files of a client certificate.

    Raises:
        UsageError: one of the files cannot be used.
    """
    authority, certificate = environment.get(AUTHORITY), environment.get(CERTIFICATE)
    try:
        context = ssl.create_default_context(cafile=authority or None)
        if certificate:
            context.load_cert_chain(certificate, environment.get(KEY) or None, _no_passphrase)
    except OSError as error:
        raise UsageError(f"{AUTHORITY}, {CERTIFICATE} or {KEY}: {describe(error)}") from error
    return context


def _no_passphrase() -> str:
    """Return no passphrase, since OpenSSL would otherwise ask for one on the terminal."""
    return ""


class RequestError(EngineError):
    """A request failed.

    Attributes:
        status: the HTTP status; without a response the one that fits best, 0 if none does.
        passing: whether a retry may succeed.
    """

    def __init__(self, message: str, status: int = 0, *, passing: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.passing = passing


def unlike(where: Address) -> RequestError:
    """Return the error for a server that is not an OpenSearch cluster."""
    return RequestError(f"{where}: does not answer like an OpenSearch cluster")


def refusal(where: str, status: int, error: object) -> RequestError:
    """Return the error for a request that a cluster refused.

    Args:
        where: the address.
        status: the HTTP status.
        error: the type of the error, or its description, from the response.
    """
    name = where.rpartition("/")[2]
    kind = str(error.get("type", "") if isinstance(error, dict) else error)
    passing = is_passing(status, error)
    messages = {
        401: "the user or the password is not accepted; check BRIEFQA_INDEX_USER and"
        " BRIEFQA_INDEX_PASSWORD",
        403: f"permission denied; searching needs a role with read and mappings/get on {name}*",
        404: f"there is no index {name}; build it: briefqa index build --index {where} PATH ...",
        429: "the cluster is overloaded; try again later",
        503: "parts of the index are down; check that all nodes of the cluster are running",
    }
    message = messages.get(503 if passing and status not in BUSY else status)
    if message:
        return RequestError(f"{where}: {message}", status, passing=passing)
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    return RequestError(
        f"{where}: {status} {phrase}{': ' * bool(kind)}{kind[:200]}", status, passing=passing
    )


def is_passing(status: int, error: object) -> bool:
    """Return whether a request that a cluster refused may succeed if it is sent again.

    Args:
        status: the HTTP status.
        error: the error, from the response.
    """
    kinds = set(_kinds(error))
    if status in BUSY or not kinds.isdisjoint(PASSING):
        return True
    # Without another cause, no node had the shards.
    return bool(kinds) and kinds <= WRAPPERS


def _kinds(error: object) -> Iterator[str]:
    """Yield the types of an error and its causes."""
    pending = [error]
    for _ in range(MOST_CAUSES):
        if not pending:
            return
        each = pending.pop()
        if isinstance(each, list):
            pending += each
        elif isinstance(each, dict):
            if isinstance(each.get("type"), str):
                yield each["type"]
            pending += [each.get(name) for name in CAUSES]
