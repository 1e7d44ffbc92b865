"""Who asks: a user and a password, a client certificate, and whom to trust.

Nothing of this is ever written on a command line, which every process can read, nor shown.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping

from briefqa.engines.opensearch.address import Host
from briefqa.errors import UsageError, describe
from briefqa.records import Record

__all__ = ["Login", "find_login", "tls_context"]

USER = "BRIEFQA_INDEX_USER"
PASSWORD = "BRIEFQA_INDEX_PASSWORD"
COMMAND = "BRIEFQA_INDEX_PASSWORD_COMMAND"
AUTHORITY = "BRIEFQA_INDEX_CA"
CERTIFICATE = "BRIEFQA_INDEX_CERTIFICATE"
KEY = "BRIEFQA_INDEX_KEY"

PATIENCE = 30
"""Seconds that the command of the password may take."""


class Login(Record):
    """A user and the password, which is never shown."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login(user={self.user!r}, password=...)"


def find_login(host: Host, environment: Mapping[str, str]) -> Login | None:
    """Find user and password: in the environment, from a command, or in the netrc file.

    Args:
        host: whom they are for.
        environment: the environment variables.

    Returns:
        Both; None where neither is given.

    Raises:
        UsageError: half of it is given, the command fails, or the file cannot be read.
    """
    user = environment.get(USER, "")
    if command := environment.get(COMMAND, ""):
        password = _told(command)
    else:
        password = environment.get(PASSWORD, "")
    if not user and not password:
        return _from_netrc(host, environment)
    if not user or not password:
        raise UsageError(f"{USER} needs {PASSWORD} or {COMMAND}, and they need it")
    return Login(user, password)


def _told(command: str) -> str:
    """The first line that a command prints; it is run without a shell."""
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
        raise UsageError(f"{COMMAND} gives no password; it is to print it on a line") from error


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
        raise UsageError(
            f"{path}: no netrc file that could be read, or one open to others"
        ) from error
    return Login(found[0], found[2]) if found and found[0] and found[2] else None


def tls_context(environment: Mapping[str, str]) -> ssl.SSLContext:
    """Set TLS up: the cluster's certificate and name are always verified.

    Args:
        environment: BRIEFQA_INDEX_CA is a file of certificates to trust rather than the system's;
            BRIEFQA_INDEX_CERTIFICATE and BRIEFQA_INDEX_KEY are our own.

    Raises:
        UsageError: a file cannot be used.
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
    """Answer in OpenSSL's stead, which would ask on the terminal."""
    return ""
