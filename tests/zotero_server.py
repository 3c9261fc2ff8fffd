"""A server that answers as Zotero does, on this computer and on the web.

It keeps to what the tests of Zotero's own local API hold: the identity of the server is looked at
before the key, a key may be good for one change, keyed things need a version (0 for new ones), a
token of a change is good once, and a page is announced, sent and confirmed.
"""

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MOST = 50
KEY = re.compile(r"[23456789ABCDEFGHIJKLMNPQRSTUVWXYZ]{8}")


class Refused(Exception):
    def __init__(self, status, words="", headers=()):
        super().__init__(words)
        self.status, self.headers = status, dict(headers)


@dataclass
class FakeZotero:
    """Items by key, each with its version, and the files of attachments.

    `remembers` says what its user chose in the dialog, `allows` whether they did; `web_token` makes
    it the one on the web. `before` and `lost` are as with Hypothesis.
    """

    remembers: bool = True
    allows: bool = True
    web_token: str = ""
    identity: str = "server-1"
    library: str = "users/0"
    items: dict[str, dict] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    dialogs: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[str, str], tuple[int, dict[str, str], bytes] | None] = lambda *_: None
    lost: Callable[[str, str], bool] = lambda *_: False
    port: int = 0
    version: int = 100
    _keys: dict[str, bool] = field(default_factory=dict)
    _tokens: set[str] = field(default_factory=set)
    _uploads: dict[str, dict] = field(default_factory=dict)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def changes(self):
        return [(method, path) for method, path in self.asked if method in CHANGES]

    def of_type(self, kind):
        return [item for item in self.items.values() if item["itemType"] == kind]

    def edit(self, key, **changes):
        """Change an item as its user would."""
        self.version += 1
        self.items[key] |= changes | {"version": self.version}

    def answer(self, method, path, query, headers, content):
        """Return status, headers and body of the answer to a request."""
        if headers.get("User-Agent", "").startswith("Mozilla/") or "Origin" in headers:
            raise Refused(403, "no browsers")
        if path == "/keys/current" and self.web_token:
            known = headers.get("Authorization") == f"Bearer {self.web_token}"
            return (200, {}, {"userID": 7} if known else {}) if known else (403, {}, {})
        if path.startswith("/local/uploads/"):
            return self._receive(path.rpartition("/")[2], content, headers)
        if not self.web_token:
            self._check_server(method, headers)
        if path == "/local/authorize":
            return self._authorize(json.loads(content))
        if method in CHANGES:
            self._check_key(headers)
        place, _, rest = path.removeprefix("/").partition("/items")
        if place != self.library:
            raise Refused(404, "no such library")
        status, told, body = self._items(method, rest.strip("/"), query, headers, content)
        own = {} if self.web_token else {"Zotero-Server-ID": self.identity}
        return status, {"Last-Modified-Version": str(self.version), **own, **told}, body

    def _check_server(self, method, headers):
        given = headers.get("Zotero-Server-ID")
        if given is None and method in CHANGES:
            raise Refused(428, "Zotero-Server-ID not provided")
        if given not in {None, self.identity}:
            raise Refused(412, "Zotero-Server-ID does not match this server")

    def _authorize(self, body):
        if not body.get("appName"):
            raise Refused(400, "appName")
        self.dialogs += 1
        if not self.allows:
            return 403, {}, {"denied": True}
        key = f"key{self.dialogs:029d}"
        self._keys[key] = self.remembers
        return 200, {}, {"key": key, "remember": self.remembers}

    def _check_key(self, headers):
        if self.web_token:
            if headers.get("Authorization") != f"Bearer {self.web_token}":
                raise Refused(403, "Invalid key")
            return
        remembered = self._keys.get(headers.get("Zotero-API-Key", ""))
        if remembered is None:
            raise Refused(401, "Invalid or expired API key")
        if not remembered:
            del self._keys[headers["Zotero-API-Key"]]

    def _items(self, method, rest, query, headers, content):
        key, _, more = rest.partition("/")
        if method == "GET" and not key:
            wanted = query.get("itemKey")
            rows = [
                item
                for item in self.items.values()
                if (not wanted or item["key"] in wanted.split(","))
                and (not item.get("deleted") or query.get("includeTrashed") == "1")
            ]
            return 200, {}, [self._row(item) for item in rows[: int(query.get("limit", 25))]]
        if method == "POST" and not key:
            return self._write_many(headers, json.loads(content))
        item = self.items.get(key)
        if item is None:
            raise Refused(404, "Not found")
        if more == "file":
            form = {name: values[0] for name, values in parse_qs(content.decode()).items()}
            return self._file(item, form, headers)
        if method == "GET":
            return 200, {}, self._row(item)
        if "If-Unmodified-Since-Version" not in headers:
            raise Refused(428, "If-Unmodified-Since-Version not provided")
        if item["version"] > int(headers["If-Unmodified-Since-Version"]):
            raise Refused(412, "modified")
        if method == "DELETE":
            self.version += 1
            gone = [key, *(k for k, x in self.items.items() if x.get("parentItem") == key)]
            for name in gone:
                self.items.pop(name)
            return 204, {}, None
        self._put({**item, **json.loads(content)})
        return 204, {}, None

    def _row(self, item):
        return {"key": item["key"], "version": item["version"], "data": item}

    def _write_many(self, headers, body):
        token = headers.get("Zotero-Write-Token")
        if token is not None and not 5 <= len(token) <= 32:
            raise Refused(400, "Write token must be 5-32 characters in length")
        if token in self._tokens:
            raise Refused(412, "Write token already used")
        if not isinstance(body, list) or not body:
            raise Refused(400, "Uploaded data must be a JSON array")
        if len(body) > MOST:
            raise Refused(413, "Cannot add more than 50 items at a time")
        results = {"successful": {}, "success": {}, "unchanged": {}, "failed": {}}
        for number, entry in enumerate(body):
            try:
                item = self._put_new(dict(entry))
            except Refused as error:
                problem = {"code": error.status, "message": str(error), "key": entry.get("key")}
                results["failed"][str(number)] = problem
            else:
                results["successful"][str(number)] = self._row(item)
                results["success"][str(number)] = item["key"]
        self._tokens.add(token)
        return 200, {}, results

    def _put_new(self, entry):
        if not KEY.fullmatch(entry.get("key", "")):
            raise Refused(400, "not a key")
        if "version" not in entry:
            raise Refused(428, "'version' property must be provided for 'key'-based writes")
        if entry["key"] in self.items:
            raise Refused(412, "item version mismatch")
        return self._put(entry)

    def _put(self, item):
        parent = self.items.get(item.get("parentItem", ""))
        if "parentItem" in item and parent is None:
            raise Refused(409, "Parent item not found")
        if item["itemType"] == "annotation":
            if parent["itemType"] != "attachment" or parent["contentType"] != "text/html":
                raise Refused(400, "annotations are on files")
            json.loads(item["annotationPosition"])
            assert re.fullmatch(r"\d{7}", item["annotationSortIndex"])
            assert re.fullmatch(r"#[0-9a-f]{6}", item["annotationColor"])
        self.version += 1
        self.items[item["key"]] = item | {"version": self.version}
        return self.items[item["key"]]

    def _file(self, item, form, headers):
        if "If-Match" not in headers and "If-None-Match" not in headers:
            raise Refused(428, "If-Match/If-None-Match header not provided")
        has = item.get("md5", "")
        if headers.get("If-Match", has) != has or ("If-None-Match" in headers and has):
            raise Refused(412, "ETag does not match current version of file")
        if "upload" in form:
            upload = self._uploads.pop(form["upload"])
            if "data" not in upload:
                raise Refused(400, "File contents were not uploaded")
            self.files[item["key"]] = upload["data"]
            self._put({**item, "md5": upload["md5"], "filename": upload["filename"]})
            return 204, {}, None
        name = form["filename"]
        if (
            not re.fullmatch(r"[a-f0-9]{32}", form["md5"])
            or "/" in name
            or int(form["mtime"]) < 10_000_000_000
        ):
            raise Refused(400, "Invalid file")
        upload = f"up{len(self._uploads)}{self.version}"
        wrapped = {"prefix": "--x\r\n", "suffix": "\r\n--x--"} if self.web_token else {}
        self._uploads[upload] = {**form, **wrapped}
        told = {"url": f"{self.url}/local/uploads/{upload}", "uploadKey": upload}
        return 200, {}, {**told, "contentType": "text/html", "prefix": "", "suffix": "", **wrapped}

    def _receive(self, upload, content, headers):
        assert "Authorization" not in headers, "the token goes to Zotero alone"
        known = self._uploads[upload]
        prefix, suffix = known.get("prefix", "").encode(), known.get("suffix", "").encode()
        data = content.removeprefix(prefix).removesuffix(suffix)
        if hashlib.md5(data).hexdigest() != known["md5"] or len(data) != int(known["filesize"]):
            raise Refused(400, "File MD5 does not match expected")
        known["data"] = data
        return 201, {}, None


@contextmanager
def serving_zotero(server: FakeZotero) -> Iterator[FakeZotero]:
    """Serve on the loopback address while the context is open."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix("/api")
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = dict(parse_qsl(parts.query))
            with lock:
                server.asked.append((self.command, path))
                instead = server.before(self.command, path)
                if instead is None:
                    try:
                        status, told, value = server.answer(
                            self.command, path, query, dict(self.headers), content
                        )
                        body = b"" if value is None else json.dumps(value).encode()
                    except Refused as error:
                        status, told, body = error.status, error.headers, str(error).encode()
                    instead = status, told, body
                is_lost = server.lost(self.command, path)
            if is_lost:
                self.close_connection = True
                return
            status, told, body = instead
            self.send_response(status)
            for name, value in told.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815 - names of the class

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.port = http.server_port
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        http.shutdown()
        thread.join()
