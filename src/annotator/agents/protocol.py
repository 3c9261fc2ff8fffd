"""The Model Context Protocol over standard input and output: one JSON object a line.

Two eras of it are answered. Since 2026-07-28 each request names its version and none
needs another before it (`server/discover`); clients of before begin with `initialize`. Of that
only their name is remembered, so one server answers both.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO, Final, NamedTuple

import msgspec

from annotator import __version__
from annotator.model.text import clean_line

MODERN: Final = "2026-07-28"
LEGACY: Final = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
MAX_LINE = 1 << 20  # bytes of a request
MAX_ERROR = 200  # characters of what is said of arguments, which may name a field of a megabyte
_VERSION, _CLIENT = "io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientInfo"
_INFO = {"name": "annotator", "version": __version__}
_ABILITIES: Mapping[str, object] = {"tools": {}}
_DAY = 86_400_000  # milliseconds that clients may remember the list of tools

Json = Mapping[str, object]


class Tool(NamedTuple):
    """A question that a client may ask: its `entry` in the list of tools, and what answers it.

    `answer` is given the arguments and the name of the client, and returns the result of the
    call. It raises `msgspec.ValidationError` for arguments that do not fit.
    """

    entry: Json
    answer: Callable[[Json, str], Json]


class _Fault(Exception):
    def __init__(self, code: int, message: str, data: object = None) -> None:
        super().__init__(message)
        self.error = {"code": code, "message": message} | ({"data": data} if data else {})


def serve(source: BinaryIO, sink: BinaryIO, tools: Mapping[str, Tool], about: str) -> None:
    """Answer requests until the client closes its end; `about` tells it how to use the tools."""
    clients = [""]  # the name that was told last, by `initialize`
    while line := source.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = source.readline(MAX_LINE)
            reply: Json | None = _refusal(None, _Fault(-32600, "The request is too long."))
        elif line.strip():
            reply = _reply(line, tools, about, clients)
        else:
            continue
        if reply is not None:
            sink.write(msgspec.json.encode(reply) + b"\n")
            sink.flush()


def _reply(line: bytes, tools: Mapping[str, Tool], about: str, clients: list[str]) -> Json | None:
    try:
        request = msgspec.json.decode(line)
    except (ValueError, msgspec.DecodeError, RecursionError):  # ValueError: not UTF-8
        return _refusal(None, _Fault(-32700, "This is not JSON."))
    if not isinstance(request, dict) or not isinstance(request.get("method"), str):
        return _refusal(None, _Fault(-32600, "A request is an object with a method."))
    number, given = request.get("id"), request.get("params")
    if number is None:
        return None  # a notification, which gets no answer
    params: Json = given if isinstance(given, dict) else {}
    if request["method"] == "initialize":
        clients.append(_client(params.get("clientInfo")))
    try:
        result = _result(request["method"], params, tools, about, client=clients[-1])
    except _Fault as fault:
        return _refusal(number, fault)
    return {"jsonrpc": "2.0", "id": number, "result": result}


def _result(
    method: str, params: Json, tools: Mapping[str, Tool], about: str, *, client: str
) -> Json:
    said = params.get("_meta")
    meta: Json = said if isinstance(said, dict) else {}
    version = meta.get(_VERSION)
    if version is not None and version != MODERN:
        data = {"supported": [MODERN], "requested": version}
        raise _Fault(-32022, "Unsupported protocol version", data)
    is_modern = version is not None or method == "server/discover"
    done: Json = {"resultType": "complete"} if is_modern else {}
    stays: Json = {"ttlMs": _DAY, "cacheScope": "private"} if is_modern else {}
    server: Json = {"capabilities": _ABILITIES, "serverInfo": _INFO, "instructions": about}
    match method:
        case "server/discover":
            return {**done, **stays, "supportedVersions": [MODERN], **server}
        case "initialize":
            wanted = params.get("protocolVersion")
            return {"protocolVersion": wanted if wanted in LEGACY else LEGACY[0], **server}
        case "ping":
            return done
        case "tools/list":
            return {**done, **stays, "tools": [tool.entry for tool in tools.values()]}
        case "tools/call":
            return {**done, **_call(params, tools, _client(meta.get(_CLIENT)) or client)}
    raise _Fault(-32601, "Method not found")


def _call(params: Json, tools: Mapping[str, Tool], client: str) -> Json:
    name, given = params.get("name"), params.get("arguments", {})
    tool = tools.get(name) if isinstance(name, str) else None
    if tool is None:
        raise _Fault(-32602, f"Unknown tool. There are: {', '.join(tools)}.")
    if not isinstance(given, dict):
        raise _Fault(-32602, "Arguments are an object.")
    try:
        return tool.answer(given, client)
    except msgspec.ValidationError as error:
        raise _Fault(-32602, clean_line(str(error), limit=MAX_ERROR)) from error


def _client(info: object) -> str:
    names: Sequence[object] = (
        (info.get("name"), info.get("version")) if isinstance(info, dict) else ()
    )
    return " ".join(str(part) for part in names if part)


def _refusal(number: object, fault: _Fault) -> Json:
    return {"jsonrpc": "2.0", "id": number, "error": fault.error}
