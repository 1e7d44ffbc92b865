"""The Model Context Protocol: requests in, responses out, in both of its eras.

Revision 2026-07-28 is stateless: each request names its version in `params._meta`. Earlier
revisions begin with `initialize` and keep its version for the process. One server serves both
(specification 2026-07-28, basic/versioning). Nothing here reads or writes streams.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from briefqa.records import Record
from briefqa.text_safety import sanitise_name

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "INTERNAL_ERROR",
    "INVALID_REQUEST",
    "PARSE_ERROR",
    "Protocol",
    "ProtocolError",
    "Tool",
    "ToolResult",
    "error_response",
]

MODERN = "2026-07-28"
LEGACY = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
"""Revisions with a handshake, the newest first."""
BATCHES = "2025-03-26"
"""The only revision that has arrays of messages."""

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
UNSUPPORTED_VERSION = -32022

MESSAGE_LIMIT = 400
"""Characters of the message of an error, which may repeat what the client sent."""
META = "io.modelcontextprotocol/"
LASTING = 3_600_000
"""Milliseconds for which a client may keep the list of tools: it never changes in a process."""


class ProtocolError(Exception):
    """A request cannot be served; becomes a JSON-RPC error.

    Args:
        code: the JSON-RPC error code.
        message: one sentence.
        data: more, for programs.
    """

    def __init__(self, code: int, message: str, data: object = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class ToolResult(Record):
    """What a tool returns.

    Attributes:
        text: for the model.
        structure: for the program that runs the model; None if there is none.
        is_error: whether the arguments were at fault, and the text says how.
    """

    text: str
    structure: Mapping[str, object] | None = None
    is_error: bool = False

    @classmethod
    def of_error(cls, error: Exception) -> ToolResult:
        """Return the result for an error, which a model can act on."""
        return cls(sanitise_name(str(error)), is_error=True)


class Tool(Record):
    """A tool that the server offers.

    Attributes:
        name: its name.
        description: what it does and when to use it, for the model.
        schema: the JSON Schema of its arguments.
        call: takes valid arguments.
    """

    name: str
    description: str
    schema: Mapping[str, object]
    call: Callable[[Mapping[str, Any]], ToolResult]

    def definition(self) -> dict[str, object]:
        """Return the definition as `tools/list` has it."""
        return {
            "name": self.name,
            "description": self.description,
            "inputSchema": self.schema,
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }


class Protocol:
    """Answers messages of a client.

    Args:
        tools: what is offered.
        name: the server's name.
        version: the server's version.
        instructions: when to prefer the tools, for the model.
    """

    def __init__(self, tools: Sequence[Tool], name: str, version: str, instructions: str) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._server = {"name": name, "version": version}
        self._instructions = instructions
        self._legacy: str | None = None

    @property
    def takes_batches(self) -> bool:
        """Whether the revision agreed on has arrays of messages."""
        return self._legacy == BATCHES

    def respond(self, message: Mapping[str, Any]) -> dict[str, object] | None:
        """Return the response to a message; None if none is due.

        Args:
            message: a JSON object.
        """
        identity = message.get("id")
        if not _is_identity(identity) and "id" in message:
            return error_response(
                None, ProtocolError(INVALID_REQUEST, "invalid id: expected a string or an integer")
            )
        method = message.get("method")
        if "id" not in message:
            return None if isinstance(method, str) else error_response(None, _no_request())
        if not isinstance(method, str) or message.get("jsonrpc") != "2.0":
            # A response, though nothing was asked of the client, needs no answer.
            is_response = method is None and ("result" in message or "error" in message)
            return None if is_response else error_response(identity, _no_request())
        try:
            return {"jsonrpc": "2.0", "id": identity, "result": self._result(method, message)}
        except ProtocolError as error:
            return error_response(identity, error)

    def _result(self, method: str, message: Mapping[str, Any]) -> dict[str, object]:
        params = message.get("params", {})
        if not isinstance(params, dict):
            raise ProtocolError(INVALID_PARAMS, "invalid params: expected an object")
        if method == "initialize":
            return self._initialize(params)
        if not _is_modern(method, params):
            return self._legacy_result(method, params)
        result = self._modern_result(method, params)
        return {"resultType": "complete", **result, "_meta": {f"{META}serverInfo": self._server}}

    def _initialize(self, params: Mapping[str, Any]) -> dict[str, object]:
        asked = params.get("protocolVersion")
        if not isinstance(asked, str):
            raise ProtocolError(INVALID_PARAMS, "invalid params: protocolVersion is missing")
        self._legacy = asked if asked in LEGACY else LEGACY[0]
        return {
            "protocolVersion": self._legacy,
            "capabilities": {"tools": {}},
            "serverInfo": self._server,
            "instructions": self._instructions,
        }

    def _legacy_result(self, method: str, params: Mapping[str, Any]) -> dict[str, object]:
        if method == "ping":
            return {}
        if method == "tools/list":
            return self._listed(params)
        if method == "tools/call":
            return self._called(params)
        raise ProtocolError(METHOD_NOT_FOUND, f"method not found: {method}")

    def _modern_result(self, method: str, params: Mapping[str, Any]) -> dict[str, object]:
        _check_metadata(params)
        kept = {"ttlMs": LASTING, "cacheScope": "public"}
        if method == "server/discover":
            return {
                "supportedVersions": [MODERN],
                "capabilities": {"tools": {}},
                "instructions": self._instructions,
                **kept,
            }
        if method == "tools/list":
            return {**self._listed(params), **kept}
        if method == "tools/call":
            return self._called(params)
        raise ProtocolError(METHOD_NOT_FOUND, f"method not found: {method}")

    def _listed(self, params: Mapping[str, Any]) -> dict[str, object]:
        if params.get("cursor"):
            raise ProtocolError(INVALID_PARAMS, "invalid cursor: all tools are on the first page")
        return {"tools": [tool.definition() for tool in self._tools.values()]}

    def _called(self, params: Mapping[str, Any]) -> dict[str, object]:
        name, arguments = params.get("name"), params.get("arguments", {})
        tool = self._tools.get(name) if isinstance(name, str) else None
        if tool is None:
            offered = ", ".join(self._tools)
            raise ProtocolError(INVALID_PARAMS, f"unknown tool: {name}; the tools are {offered}")
        if not isinstance(arguments, dict):
            raise ProtocolError(INVALID_PARAMS, "invalid arguments: expected an object")
        result = tool.call(arguments)
        called: dict[str, object] = {
            "content": [{"type": "text", "text": result.text}],
            "isError": result.is_error,
        }
        if result.structure is not None:
            called["structuredContent"] = result.structure
        return called


def error_response(identity: object, error: ProtocolError) -> dict[str, object]:
    """Return the JSON-RPC response that reports an error.

    Args:
        identity: the id of the request; None if it could not be read, and is left out then.
        error: what is wrong.
    """
    message = sanitise_name(str(error)[:MESSAGE_LIMIT])
    described: dict[str, object] = {"code": error.code, "message": message}
    if error.data is not None:
        described["data"] = error.data
    identified = {} if identity is None else {"id": identity}
    return {"jsonrpc": "2.0", **identified, "error": described}


def _no_request() -> ProtocolError:
    return ProtocolError(INVALID_REQUEST, "not a JSON-RPC 2.0 request")


def _is_identity(identity: object) -> bool:
    return isinstance(identity, str | int) and not isinstance(identity, bool)


def _is_modern(method: str, params: Mapping[str, Any]) -> bool:
    """Whether a request is of the stateless era: it names its version, or only that era has it."""
    meta = params.get("_meta")
    named = isinstance(meta, dict) and f"{META}protocolVersion" in meta
    return named or method == "server/discover"


def _check_metadata(params: Mapping[str, Any]) -> None:
    """Check what each request of the stateless era must carry.

    Raises:
        ProtocolError: it is missing, or the version is another one.
    """
    meta = params.get("_meta")
    version = meta.get(f"{META}protocolVersion") if isinstance(meta, dict) else None
    if not isinstance(version, str):
        raise ProtocolError(INVALID_PARAMS, f"invalid params: _meta lacks {META}protocolVersion")
    if version != MODERN:
        data = {"supported": [MODERN], "requested": sanitise_name(version[:MESSAGE_LIMIT])}
        raise ProtocolError(UNSUPPORTED_VERSION, "unsupported protocol version", data)
    if not isinstance(meta, dict) or not isinstance(meta.get(f"{META}clientCapabilities"), dict):
        raise ProtocolError(INVALID_PARAMS, f"invalid params: _meta lacks {META}clientCapabilities")
