"""A server that answers as one of Hypothesis does, by the facts of its interface.

It keeps to what a real one was seen to do: times are its own, fields that it does not know stay,
`group` cannot be changed, what is forbidden or gone is 404, and a wrong token has no user.
"""

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

PUBLIC = "__world__"
SENT = frozenset({"POST", "PATCH", "DELETE"})


@dataclass
class FakeHypothesis:
    """Annotations by id, users by token, and the requests so far.

    `before` may answer in place of the server: it gets method and path, and returns a status with
    headers and a body, or None. What is in `lost` is done, and the answer never arrives.
    `behind` are the ids that no search finds yet.
    """

    users: dict[str, str] = field(
        default_factory=lambda: {"secret-ann": "ann", "secret-bob": "bob"}
    )
    groups: tuple[str, ...] = (PUBLIC, "desk")
    annotations: dict[str, dict] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[str, str], tuple[int, dict[str, str], bytes] | None] = lambda *_: None
    lost: Callable[[str, str], bool] = lambda *_: False
    behind: set[str] = field(default_factory=set)
    port: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def sent(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path in self.asked if method in SENT]

    def answer(
        self, method: str, path: str, query: dict, body: dict, user: str
    ) -> tuple[int, object]:
        """Return the status and the JSON of the answer to a request."""
        missing = 404, {"status": "failure", "reason": "Either the resource isn't here, or…"}
        if path == "/profile":
            groups = [{"id": key, "name": f"Group {key}"} for key in self.groups]
            return 200, {"userid": f"acct:{user}@localhost" if user else None, "groups": groups}
        if path == "/search":
            return self._search(query, user)
        if user and path == "/annotations" and method == "POST":
            return self._create(body, user)
        known = self.annotations.get(unquote(path.removeprefix("/annotations/")))
        if (
            not user
            or known is None
            or (method != "GET" and known["user"] != f"acct:{user}@localhost")
        ):
            return missing
        if method == "DELETE":
            del self.annotations[known["id"]]
            return 200, {"id": known["id"], "deleted": True}
        if method == "PATCH":
            known |= {
                key: value for key, value in body.items() if key not in {"group", "id", "user"}
            }
            known["updated"] = self.tick()
        return 200, known

    def tick(self) -> str:
        """Return the time of the next change; no two are the same."""
        step = timedelta(microseconds=next(self._numbers))
        return (datetime.now(UTC) + step).isoformat()

    def write(self, name: str, body: dict) -> dict:
        """Keep an annotation of a user as if their browser had sent it."""
        status, made = self._create(
            {"group": PUBLIC, "permissions": {"read": [f"group:{PUBLIC}"]}} | body, name
        )
        assert status == 200
        return made

    def edit(self, remote_id: str, **changes: object) -> None:
        """Change an annotation as its user would in a browser."""
        self.annotations[remote_id] |= changes | {"updated": self.tick()}

    def _create(self, body: dict, user: str) -> tuple[int, object]:
        if not body.get("uri") or body.get("group", PUBLIC) not in self.groups:
            return 400, {"status": "failure", "reason": "uri: Required"}
        number = next(self._numbers)
        now = self.tick()
        made = body | {
            "id": f"A_-{number:019d}",
            "user": f"acct:{user}@localhost",
            "user_info": {"display_name": None},
            "created": now,
            "updated": now,
            "permissions": body.get("permissions") or {"read": [f"acct:{user}@localhost"]},
        }
        self.annotations[made["id"]] = made
        return 200, made

    def _search(self, query: dict, user: str) -> tuple[int, object]:
        limit = int(query.get("limit", 20))
        if limit > 200:
            return 400, {"status": "failure", "reason": "limit: too large"}
        rows = [
            row
            for row in self.annotations.values()
            if row["id"] not in self.behind
            and query.get("user", row["user"]) == row["user"]
            and query.get("group", row["group"]) == row["group"]
            and query.get("uri", row["uri"]) == row["uri"]
            and (
                f"group:{row['group']}" in row["permissions"]["read"]
                or row["user"] == f"acct:{user}@localhost"
            )
        ]
        key = query.get("sort", "updated")
        rows.sort(key=lambda row: row[key], reverse=query.get("order", "desc") == "desc")
        after = query.get("search_after", "")
        left = [row for row in rows if row[key] > after]
        return 200, {"total": len(rows), "rows": left[:limit]}


@contextmanager
def serving_hypothesis(server: FakeHypothesis) -> Iterator[FakeHypothesis]:
    """Serve on the loopback address while the context is open."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix("/api")
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            with lock:
                server.asked.append((self.command, path))
                instead = server.before(self.command, path)
                if instead is None:
                    query = dict(parse_qsl(parts.query))
                    user = server.users.get(token, "")
                    status, value = server.answer(
                        self.command, path, query, json.loads(content or b"{}"), user
                    )
                    instead = status, {}, json.dumps(value).encode()
                is_lost = server.lost(self.command, path)
            if is_lost:
                self.close_connection = True
                return
            status, headers, body = instead
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
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
