"""The doors of the program: how a case of the attacks is put there, and what is run then."""

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

from annotator.importing.importers import BUILT_IN
from annotator.store.catalog import FEEDS, INBOX, REVIEWS, SAVED_QUERIES, TAG_COLOURS
from attack_forms import DATA_ONLY, FORMS, LONGEST, WORDS_ONLY
from attack_forms import FEEDS as FEEDS_OF
from attack_run import Result

SLOW_LIMIT = 60.0  # seconds, with a network
STATE_FILES = ("positions.json", "places.json", "failures.json", "undo.json")
SECTIONS = (FEEDS, INBOX, REVIEWS, SAVED_QUERIES, TAG_COLOURS)
MANIFEST = "manifest.json"  # of a collection: its cases
NOTE = "the note that must stay"
TEXT = "Costs fell by nine percent in 2023. The mayor said so. And more of it, in the town hall."

EMPTY_FEED = b"<rss><channel><title>x</title></channel></rss>"
MEGABYTE = 1_000_000
HARMFUL = {  # the doors of files that are made to harm, with their suffixes
    "PDF: made to harm": ".pdf",
    "EPUB: made to harm": ".epub",
    "feed: made to harm": ".xml",
    "mail: made to harm": ".eml",
    "MHTML: made to harm": ".mhtml",
    "webarchive: made to harm": ".webarchive",
    "clipboard: made to harm": ".clipboard",
}
_GLANCES = (["list"], ["export", "--all", "--to", "seen"], ["search", "costs"], ["notes"])

Case = dict[str, Any]
Judge = Callable[[Case, Result], str]


@dataclass(frozen=True)
class Door:
    """A way into the program: how a case is put there, and what is run then.

    `put` writes the case into a home and returns commands, or nothing if the door does not
    take such a case. `judge` returns what is wrong with the result, besides faults.
    """

    name: str
    put: Callable[["Home", Case], Sequence[Sequence[str]]]
    judge: Judge = lambda _case, _result: ""
    is_fresh: bool = False  # each case gets a library of its own
    given: bool = False  # the case is standard input, too
    with_network: bool = False
    keys: bytes = b""  # to leave a screen
    files: str = ""  # the kind of files that are made to harm, in place of the cases


@dataclass
class Home:
    """A home with a library in it, and the attacks."""

    folder: Path
    attacks: Path
    article: str

    @property
    def config(self) -> Path:
        """The folder of the settings."""
        return self.folder / "config/annotator"

    @property
    def library(self) -> Path:
        """The folder of the library."""
        return self.folder / "data/annotator"

    @property
    def article_folder(self) -> Path:
        """The folder of the article in it."""
        return self.library / "articles" / self.article[:2] / self.article

    def write(self, path: Path, case: Case) -> str:
        """Write the bytes of a case to a file, and return its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data_of(self.attacks, case))
        return str(path)


def cases_of(attacks: Path) -> list[Case]:
    """Return all cases."""
    cases: list[Case] = json.loads((attacks / MANIFEST).read_text("utf-8"))["cases"]
    return cases


@cache
def tools(attacks: Path, name: str) -> ModuleType:
    """Return a module of the collection."""
    spec = importlib.util.spec_from_file_location(f"attacks_{name}", attacks / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def data_of(attacks: Path, case: Case) -> bytes:
    """Return the bytes of a case: of a text its UTF-8, of a file its contents, or what is made."""
    if "data" in case:
        return bytes(case["data"])
    if "input" in case:
        return str(case["input"]).encode("utf-8", "surrogatepass")
    if "file" in case:
        return (attacks / str(case["file"])).read_bytes()
    recipe = case["generate"]
    unit, times = str(recipe["repeat"]), int(recipe["times"])
    made = unit * times
    if "{i}" in unit:
        made = "".join(unit.replace("{i}", str(number)) for number in range(times))
    whole = str(recipe["prefix"]) + made + str(recipe["suffix"])
    return whole.encode("utf-8", "surrogatepass")


def doors() -> Iterator[Door]:
    """Yield all doors."""
    yield Door("add a file .html", partial(_add, ".html"), _as_expected("html"))
    yield Door("add a file .txt", partial(_add, ".txt"))
    yield Door("add a file .md", partial(_add, ".md"))
    yield Door("add a file .zip", partial(_add, ".zip"))
    yield Door("add standard input", _add_given, given=True)
    yield Door("add an address", _add_address, _as_expected("url"))
    yield Door("add from a server", _add_fetched, _as_expected("fetch"), with_network=True)
    yield Door("read by lines", _read_lines, given=True)
    yield Door("a file with this name", _add_named)
    yield Door("a page with this title", _titled, is_fresh=True)
    yield Door("a mark with these words", _marked, is_fresh=True)
    yield Door("words to search for", _searched)
    yield Door("follow a feed of a server", _followed, with_network=True)
    yield Door("a list of feeds", _listed)
    yield Door("import", partial(_import, ()), _as_expected("import"))
    for name in BUILT_IN:
        yield Door(f"import --from {name}", partial(_import, ("--from", name)))
    yield Door("restore a backup", _restored, _keeps_note)
    yield Door("cite a draft", _cited)
    for name in ("settings.toml", "sites.toml", "templates/mark.jinja"):
        yield Door(name, partial(_configured, name), is_fresh=True)
    yield Door("a key in the settings", _keyed, is_fresh=True)
    yield Door("cookies", _cookies, is_fresh=True)
    yield Door("merge a conflict copy", _merged, _keeps_note, is_fresh=True)
    for name in ("annotations.json", "revisions/*.json", "revisions/*.zst"):
        yield Door(f"open with {name}", partial(_opened, name), _keeps_note, is_fresh=True)
    for name in ("library.json", *(f"catalog/{each.name}.json" for each in SECTIONS)):
        yield Door(f"open with {name}", partial(_opened, f"../../../{name}"), is_fresh=True)
    yield Door("open as a library", _opened_file)
    for name in (
        "positions.json",
        "places.json",
        "failures.json",
        "undo.json",
        "pages/*",
        "import*",
    ):
        yield Door(f"open with {name}", partial(_state, name), is_fresh=True, keys=b"q")
    yield Door("open with an index", _indexed, _keeps_note, is_fresh=True)
    yield Door("export over this note", _exported, is_fresh=True)
    for name, (suffix, make) in FORMS.items():
        yield Door(name, partial(_formed, suffix, make), _keeps_note, is_fresh=True)
    for name, make in FEEDS_OF.items():
        yield Door(name, partial(_fed, make), with_network=True)
    yield Door("clipboard: HTML", partial(_copied, "text/html"), _keeps_note, is_fresh=True)
    yield Door("clipboard: text", partial(_copied, "text"), _keeps_note, is_fresh=True)
    yield Door("piped with address and title", _piped, _keeps_note, is_fresh=True, given=True)
    for name, suffix in HARMFUL.items():
        put = partial(_fed, _as_it_is) if suffix == ".xml" else partial(_harmful, suffix)
        judge = _hides if suffix == ".xml" else _hides_and_keeps
        is_feed = suffix == ".xml"
        yield Door(name, put, judge, is_fresh=not is_feed, with_network=is_feed, files=suffix)


def _is_text(case: Case) -> bool:
    return "input" in case and case["kind"] != "fetch"


def _word(case: Case) -> str:
    """Return a text as a word of a command: the system allows all but NUL in one."""
    return (
        str(case["input"])
        .replace("\0", "")
        .encode("utf-8", "surrogatepass")
        .decode("utf-8", "surrogateescape")
    )


def _add(suffix: str, home: Home, case: Case) -> Sequence[Sequence[str]]:
    return [["add", home.write(home.folder / f"page{suffix}", case)]]


def _add_given(_: Home, __: Case) -> Sequence[Sequence[str]]:
    return [["add", "-"]]


def _add_address(_: Home, case: Case) -> Sequence[Sequence[str]]:
    return [["add", "--", _word(case)]] if _is_text(case) else []


def _add_fetched(_: Home, case: Case) -> Sequence[Sequence[str]]:
    return [["add", case["input"]]] if case["kind"] == "fetch" else []


def _read_lines(home: Home, _: Case) -> Sequence[Sequence[str]]:
    return [["read", "--plain", home.article]]


def _add_named(home: Home, case: Case) -> Sequence[Sequence[str]]:
    if not _is_text(case):
        return []
    folder = home.folder / "named"
    folder.mkdir(exist_ok=True)
    name = _word(case).replace("/", "")[:60]
    try:
        (folder / f"{name}.html").write_bytes(f"<p>{TEXT * 3}".encode())
    except OSError:
        return []
    return [["add", f"named/{name}.html"], ["import", "named", "--dry-run", "--no-fetch"]]


def _titled(home: Home, case: Case) -> Sequence[Sequence[str]]:
    """Add a page with the case as its title, author and words, and look at it in all ways."""
    if not _is_text(case):
        return []
    # As references, since a page with such bytes is no text.
    words = "".join(f"&#{ord(each)};" for each in str(case["input"]))
    page = f"<title>{words}</title><meta name=author content='{words}'><h1>{words}</h1>"
    body = "".join(f"<p>{words} {TEXT}" for _ in range(4))
    (home.folder / "page.html").write_text(f"{page}<article>{body}", "utf-8")
    url = "https://example.org/titled"
    return [["add", "page.html", "--url", url], *_looks("notes")]


def _looks(folder: str) -> Iterator[Sequence[str]]:
    yield from ([name] for name in ("list", "notes", "claims", "tags", "speakers", "stats"))
    yield ["export", "--all", "--to", folder]
    yield ["export", "--all", "--to", folder]
    for name in ("html", "csv", "bibtex", "org", "w3c", "claimreview"):
        yield ["export", "--format", name, "--to", f"{folder}.{name}"]


def _marked(home: Home, case: Case) -> Sequence[Sequence[str]]:
    if not _is_text(case):
        return []
    word = _word(case)
    mark = ["mark", home.article, "The mayor said so", "--note", word, "--speaker", word]
    return [mark, ["mark", home.article, "And more of it", "--tag", word], *_looks("notes")]


def _searched(_: Home, case: Case) -> Sequence[Sequence[str]]:
    if not _is_text(case):
        return []
    word = _word(case)
    return [[name, "--", word] for name in ("search", "claims", "notes", "list", "show")]


def _import(options: Sequence[str], home: Home, case: Case) -> Sequence[Sequence[str]]:
    name = Path(case.get("file", "export.txt")).name
    path = home.write(home.folder / "imports" / name, case)
    return [["import", path, *options, "--no-fetch"]]


def _followed(_: Home, case: Case) -> Sequence[Sequence[str]]:
    return [["feeds", "add", case["input"]], ["feeds"]] if case["kind"] == "fetch" else []


def _listed(home: Home, case: Case) -> Sequence[Sequence[str]]:
    path = home.write(home.folder / "feeds.opml", case)
    return [["feeds", "import", path], ["feeds"], ["feeds", "export"]]


def _restored(home: Home, case: Case) -> Sequence[Sequence[str]]:
    path = home.write(home.folder / "backup.tar.zst", case)
    return [
        ["restore-backup", path, "--merge"],
        ["restore-backup", path, "--into", "new"],
        ["notes"],
    ]


def _cited(home: Home, case: Case) -> Sequence[Sequence[str]]:
    path = home.write(home.folder / "draft.md", case)
    return [["cite", path, "--report"], ["cite", path, "--in-place"]]


def _configured(name: str, home: Home, case: Case) -> Sequence[Sequence[str]]:
    home.write(home.config / name, case)
    page = home.folder / "page.html"
    page.write_text(f"<title>A page</title><p>{TEXT}<p>{TEXT}", "utf-8")
    return [["config", "check"], ["list"], ["add", str(page)], ["export", "--to", "notes"]]


def _keyed(home: Home, case: Case) -> Sequence[Sequence[str]]:
    if not _is_text(case):
        return []
    text = case["input"].encode("utf-8", "replace").decode()
    quoted = "".join(f"\\U{ord(each):08x}" for each in text)
    home.config.mkdir(parents=True, exist_ok=True)
    lines = f'theme = "{quoted}"\n[keys]\n"{quoted}" = "{quoted}"\n"reader.find" = "{quoted}"\n'
    (home.config / "settings.toml").write_text(lines, "utf-8")
    return [["config", "check"], ["list"]]


def _cookies(home: Home, case: Case) -> Sequence[Sequence[str]]:
    path = home.write(home.folder / "cookies.txt", case)
    home.config.mkdir(parents=True, exist_ok=True)
    (home.config / "settings.toml").write_text(f"cookies = {json.dumps(path)}\n", "utf-8")
    return [["add", "http://127.0.0.1:9/page"], ["list"]]


def _merged(home: Home, case: Case) -> Sequence[Sequence[str]]:
    home.write(home.article_folder / "annotations (conflicted copy).json", case)
    return [["notes"], ["doctor"], ["doctor", "--fix"], ["notes"]]


def _opened(pattern: str, home: Home, case: Case) -> Sequence[Sequence[str]]:
    """Put the case in the place of a file of the library."""
    for path in home.article_folder.glob(pattern):
        home.write(path, case)
    return [["list"], ["show", home.article], ["doctor", "--fix"], ["doctor"], ["notes"], ["feeds"]]


def _opened_file(home: Home, case: Case) -> Sequence[Sequence[str]]:
    path = home.write(home.folder / "library", case)
    return [["--library", path, "list"], ["--library", path, "doctor"]]


def _state(pattern: str, home: Home, case: Case) -> Sequence[Sequence[str]]:
    (state,) = (home.folder / "state/annotator/libraries").iterdir()
    found = [*state.glob(pattern)] or [state / pattern.replace("*", home.article)]
    for path in found:
        home.write(path, case)
    commands = (
        ["list"],
        ["show", home.article],
        ["add", "--retry", "--list"],
        ["import", "--last"],
        ["undo"],
    )
    return [*commands, ["read", home.article]]


def _indexed(home: Home, case: Case) -> Sequence[Sequence[str]]:
    for path in (home.folder / "cache").rglob("*"):
        if path.is_file():
            home.write(path, case)
    return [["list"], ["search", "costs"], ["notes"], ["doctor"]]


def _exported(home: Home, case: Case) -> Sequence[Sequence[str]]:
    """Put the case below, and in the place of, a note that was exported."""
    (note,) = (home.folder / "notes").glob("*.md")
    whole = note.read_bytes()
    data = data_of(home.attacks, case)[:200_000]
    note.write_bytes(whole + b"\n" + data)
    (note.parent / "head.md").write_bytes(b"---\n" + data + b"\n---\n" + whole[-400:])
    return [["export", "--to", "notes"], ["export", "--to", "notes", "--check"]]


def _formed(
    suffix: str, make: Callable[[str, bytes], bytes], home: Home, case: Case
) -> Sequence[Sequence[str]]:
    """Add a file of some kind with the case in it, and look at it."""
    is_other = make in (DATA_ONLY if _is_text(case) else WORDS_ONLY)
    if case["kind"] == "fetch" or is_other:
        return []
    data = data_of(home.attacks, case)
    path = home.folder / f"source{suffix}"
    path.write_bytes(make(data[:LONGEST].decode("utf-8", "replace"), data))
    return [["add", str(path)], *_GLANCES]


def _harmful(suffix: str, home: Home, case: Case) -> Sequence[Sequence[str]]:
    if suffix == ".clipboard":
        _put_program(home, case.pop("data").decode())
        return [["add", "--clipboard"], *_GLANCES]
    path = home.write(home.folder / f"source{suffix}", case)
    del case["data"]  # a process that begins here would have it, too
    return [["add", path], *_GLANCES]


def _as_it_is(_: str, data: bytes) -> bytes:
    return data


def _fed(make: Callable[[str, bytes], bytes], home: Home, case: Case) -> Sequence[Sequence[str]]:
    """Follow a feed, which then has the case in it, and keep its entries."""
    if case["kind"] == "fetch":
        return []
    data = data_of(home.attacks, case)
    address = feed_server().put(make(data[:LONGEST].decode("utf-8", "replace"), data))
    return [
        ["feeds", "add", address, "--keep"],
        ["feeds", "sync", address],
        ["feeds"],
        ["feeds", "export"],
        ["list"],
        ["feeds", "remove", address],
        ["notes"],
    ]


def _copied(kind: str, home: Home, case: Case) -> Sequence[Sequence[str]]:
    if case["kind"] == "fetch":
        return []
    data = data_of(home.attacks, case)
    folder = home.folder / "copied"
    folder.mkdir()
    (folder / "data").write_bytes(data)
    (folder / "url").write_bytes(data[:LONGEST])
    _put_program(
        home,
        f"""case "$*" in
--list-types) printf '{kind}\ntext\nchromium/x-source-url\n' ;;
*url) cat '{folder}/url' ;;
*) cat '{folder}/data' ;;
esac""",
    )
    return [["add", "--clipboard"], *_GLANCES]


def _put_program(home: Home, script: str) -> None:
    """Write the program that reads the clipboard."""
    (home.folder / "bin").mkdir(exist_ok=True)
    program = home.folder / "bin/wl-paste"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def _piped(_: Home, case: Case) -> Sequence[Sequence[str]]:
    if case["kind"] == "fetch":
        return []
    word = _word(case) if "input" in case else "A title"
    address = "https://example.org/piped"
    return [
        ["add", "-", "--url", word, "--title", word],
        ["add", "-", "--url", address, "--title", word],
        *_GLANCES,
    ]


class _FeedServer(ThreadingHTTPServer):
    """Serves feeds, each of them empty when it is asked first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _FeedAnswer)
        self.feeds: dict[str, bytes] = {}
        self.asked: set[str] = set()

    def put(self, data: bytes) -> str:
        """Return the address at which the feed is served."""
        path = f"/{len(self.feeds)}.xml"
        self.feeds = dict.fromkeys(self.feeds, b"") if len(data) > MEGABYTE else self.feeds
        self.feeds[path] = data
        return f"http://127.0.0.1:{self.server_port}{path}"


class _FeedAnswer(BaseHTTPRequestHandler):
    server: _FeedServer

    def do_GET(self) -> None:
        is_first = self.path not in self.server.asked
        self.server.asked.add(self.path)
        data = EMPTY_FEED if is_first else self.server.feeds.get(self.path, b"")
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@cache
def feed_server() -> _FeedServer:
    """Return the server of feeds, which is started."""
    server = _FeedServer()
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def _hides(case: Case, result: Result) -> str:
    hidden = case["expected"]["must_not_contain"]
    return f"it shows {hidden!r}" if hidden in result.text else ""


def _hides_and_keeps(case: Case, result: Result) -> str:
    return _hides(case, result) or _keeps_note(case, result)


def _keeps_note(_: Case, result: Result) -> str:
    return "" if NOTE in result.text else f"the note is gone: {result.text[-300:]!r}"


def _as_expected(kind: str) -> Judge:
    """Return a judge of the cases that are meant for a door."""

    def judge(case: Case, result: Result) -> str:
        wanted = case["expected"]
        if case["kind"] != kind:
            return ""
        if wanted.get("error") and not any(result.codes):
            return f"taken, and should be refused: {result.text[-200:]!r}"
        is_told = ", line " in result.text  # why its items were left out
        is_wanted = wanted.get("ok") or (wanted.get("items") and not is_told)
        if is_wanted and any(result.codes) and "of no known format" not in result.text:
            return f"refused, and should be taken: {result.text[-200:]!r}"
        seconds = wanted.get("within_s") or wanted.get("refused_or_within_s") or SLOW_LIMIT
        if result.seconds > seconds:
            return f"{result.seconds:.1f} s, and should be {seconds}"
        hidden = wanted.get("must_not_contain")
        return f"it shows {hidden!r}" if hidden and hidden in result.text else ""

    return judge
