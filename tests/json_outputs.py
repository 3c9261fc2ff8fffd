"""A run of every command with `--json`, on one library that has a little of everything."""

import json
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from annotator.model import Span
from annotator.model.article import PageLabel
from annotator.model.identity import id_of_url
from annotator.model.library_file import Place, Position
from annotator.settings.settings import UserCommand
from annotator.store import Library
from annotator.usecases.exporting.user_commands import article_input, passage_input
from annotator.usecases.marks.daily import answer
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page
from feeding import item, page, rss
from serving import Site
from varied_library import fill

SAMPLES = Path(__file__).parents[1] / "sample_articles"
WORDS = "Exports of bread fell by 40 percent in May, said Ann Lee of the office for statistics."
GONE = "Nobody in the town expected it before the harvest was in."
STAYS = "Bakers blame the price of flour, and that of gas, which has doubled since the winter."
STORY = (WORDS, STAYS, "The council met twice about it, and sent a letter to the ministry.", GONE)
OTHERS = ("The ministry did not answer questions on Friday, and closed early for the holiday.",)
GRID = "www.example.org/grid/1?q=a"
COAL = "Coal made =2 thirds of the power"
FEED = rss(
    item("One", link="https://e.example/1", text="It rose. " * 40),
    item("Two", text="It fell. " * 40),
    head="<ttl>60</ttl>",
)
LINKED = (
    '<link rel="alternate" type="application/rss+xml" title="Main" href="/feed.xml">'
    '<link rel="alternate" type="application/rss+xml" title="Letters" href="/letters.xml">'
)
READWISE = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
    "Highlighted at,Document tags\n"
    "It rained all day.,A book,Ann Lee,,Mine,,,,,2024-01-02 10:00:00,\n,Empty,,,,,,,,,\n"
)


class Done(NamedTuple):
    """What a run of the program left."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


class Outputs:
    """Runs commands, and keeps what they print by the schema that it should have."""

    def __init__(self, run: Run) -> None:
        self.values: dict[str, list[object]] = defaultdict(list)
        self.commands: dict[tuple[str, ...], str] = {}
        self.errors: list[object] = []
        self.run = run

    def __call__(self, schema: str, *arguments: object, codes=(0,), stdin: bytes = b""):
        words = tuple(map(str, arguments))
        done = self.run(*words, "--json", stdin=stdin)
        assert done.code in codes, (words, done)
        self.commands[words] = schema
        value = json.loads(done.out)
        self.values[schema].append(value)
        lines = [line for line in done.err.splitlines() if line.startswith("{")]
        self.errors += map(json.loads, lines)
        return value

    def plainly(self, schema: str, *arguments: object) -> None:
        """Keep what a format prints, a value on each line or one in all."""
        done = self.run(*arguments)
        assert done.code == 0, done
        lines = done.out.splitlines() if schema == "library-lines" else [done.out]
        self.values[schema] += map(json.loads, lines)

    def refused(self, *arguments: object) -> None:
        """Keep the errors of a command that fails."""
        done = self.run(*arguments, "--json")
        assert done.code, done
        self.errors += map(json.loads, done.err.splitlines())


def everything(run: Run, site: Site, home: Path) -> Outputs:
    """Run all commands, and return what they printed."""
    folder = home / "library"
    with Library.open(folder, state=home / ".local" / "state" / "annotator") as library:
        fill(library)
        _evidence(library)
        _document(library)
        _long(library)
        inputs = _command_inputs(library)

    def here(*arguments: object, stdin: bytes = b"") -> Done:
        return run("--library", folder, *arguments, stdin=stdin)

    said = Outputs(here)
    said.values["command-input"] += inputs
    parts = _articles, _feeds, _marks, _links, _programs, _names, _others, _copies, _bin, _exports
    for part in parts:
        part(said, site, home)
    _damage(said, folder, home)
    return said


def _evidence(library: Library) -> None:
    """Add claims that agree, disagree and support each other, on two sites."""
    for number, words in enumerate(
        (
            "Exports of bread fell by 40 percent in May, said Ann Lee.",
            "Exports of bread rose by 60 percent in May, said Anne Lee.",
        )
    ):
        article = make_article(
            f"{words}\n\nNobody knows why it was so.", url=f"https://{number}.example/e", title="E"
        )
        mark = make_annotation(article, words, id=f"02e{number}", kind="claim")
        library.store(make_extraction(article), make_page(url=article.url), now=mark.created)
        library.put([mark])


def _document(library: Library) -> None:
    """Add a document with pages and a DOI, which was read and reviewed."""
    article = make_article(
        "The river rose by a third.\n\nIt fell again in June.",
        url="https://doi.org/10.1000/182",
        doi="10.1000/182",
        page_labels=(PageLabel(0, "xiv", 14), PageLabel(20, "1", 15)),
    )
    mark = make_annotation(article, "The river rose", id="02f0", kind="claim")
    mark = replace(mark, target=replace(mark.target, pages="xiv", page_number=14))
    library.store(make_extraction(article), make_page(url=article.url), now=mark.created)
    library.put([mark])
    library.positions.save(article.id, Position(5, 0.25, 0.5))
    library.places.save(article.id, "a", Place(4, "river"), is_only=False)
    answer(library, mark, "again", now=mark.created)


def _long(library: Library) -> None:
    """Add an article that programs read in parts."""
    article = make_article("It rained all day. " * 1_000, url="https://l.example/long")
    library.store(make_extraction(article), make_page(url=article.url), now=MOMENT)


def _articles(said: Outputs, site: Site, home: Path) -> None:
    site.pages["/bread"] = page(*STORY, *OTHERS, title="Bread")
    site.pages["/parts"] = page(
        *STORY, *OTHERS, title="Parts", head='<link rel="next" href="/parts?page=2">'
    )
    (added,) = said("add", "add", site.url("/bread"), "--tag", "food")
    bread = added["article"]["id"]
    said("add", "add", site.url("/missing"), home / "none.txt", SAMPLES / "opinion--metered.html",
         site.url("/parts"), codes=(3,))  # fmt: skip
    said("add-failed", "add", "--retry", "--list")
    said("add", "add", "--retry", site.url("/missing"), codes=(3,))
    (home / "new").mkdir()
    (home / "new" / "letter.txt").write_text("\n\n".join(("A letter", *STORY)))
    said("add-new-files", "add", "--new", home / "new", "--list")
    said("add", "add", "--new", home / "new")
    for words in (WORDS, STAYS, GONE):
        said("mark", "mark", bread, words, "--kind", "claim", "--speaker", "Ann Lee")
    said("mark", "mark", "10.1000/182", "It fell again")
    changed = WORDS.replace("40", "50")
    site.pages["/bread"] = page(OTHERS[0], changed, *STORY[1:3], title="Bread")
    site.refusals["/parts"] = 410
    said("refresh", "refresh", codes=(0, 3))
    said("changes", "changes")
    said("list", "list")
    said("search", "search", "bread or coal or river")
    sample = SAMPLES / "blog--code-table-footnotes.html"
    for source in (sample, SAMPLES / "opinion--metered.html", bread):
        said("show", "show", source)
        said("show-removed", "show", source, "--removed")
        said("show-why", "show", source, "--why")
        said("show-check-worthy", "show", source, "--check-worthy")
    said("report-page", "report-page", sample, "--to", home)
    said("report-page", "report-page", bread, "--to", home)


def _feeds(said: Outputs, site: Site, home: Path) -> None:
    site.pages["/feed.xml"] = site.pages["/letters.xml"] = FEED
    site.pages["/news"] = page(*STORY, title="News", head=LINKED)
    said("feeds", "feeds")
    said(
        "feeds-add", "feeds", "add", site.url("/news"), site.url("/none"), "--tag", "a", codes=(3,)
    )
    site.refusals["/letters.xml"] = 404
    lists = home / "feeds.opml"
    lists.write_text(f'<opml><body><outline xmlUrl="{site.url("/letters.xml")}"/></body></opml>')
    said("feeds-import", "feeds", "import", lists)
    said("feeds-sync", "feeds", "sync", "--all")
    said("feeds", "feeds", "list")
    said("feeds-inbox", "feeds", "inbox")
    said("feeds-keep", "feeds", "keep", "Two")
    said("feeds-inbox", "feeds", "dismiss", "One")
    said("feeds-export", "feeds", "export")
    said("feeds-remove", "feeds", "remove", site.url("/letters.xml"))


def _marks(said: Outputs, _site: Site, _home: Path) -> None:
    said("marks", "notes")
    said("claims", "claims")
    said("claims", "claims", "--group", "status")
    said("marks", "edit", "01aa", "--note", "Looked at.")
    said("undo", "undo")
    said("review", "review")
    _propose(said)
    said("review", "review", "--done", "01ab=again")
    said("review", "review", "--more")
    said("tag", "tag", "01aa", "--add", "seen")
    said("tag", "tag", "kind:claim", "--marks")
    said("stats", "stats", "--period", "all")


def _propose(said: Outputs) -> None:
    """Let a program propose marks, of which one is linked and one is in a text that changed."""
    given = {"article": id_of_url("https://0.example/e"), "reason": "So it says."}
    link = {"relation": "informs", "target": "https://a.example/"}
    for quote, more in (
        ("Nobody knows why", {"links": [link]}),
        ("fell by 40 percent", {"status": "checking"}),
    ):
        call = {"name": "propose", "arguments": given | {"quote": quote} | more}
        request = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        line = json.dumps(request).encode() + b"\n"
        assert said.run("mcp", "--allow", "propose", "--by", "Scout", stdin=line).code == 0
    waiting = said("proposals-waiting", "proposals")
    said("proposals-decided", "proposals", "take", waiting[0]["id"])
    said("proposals-decided", "proposals", "dismiss", waiting[1]["id"])


def _programs(said: Outputs, _site: Site, _home: Path) -> None:
    """Ask all that programs may ask."""
    grid, paper = (id_of_url(f"https://{url}") for url in (GRID, "doi.org/10.1000/182"))
    claim = f"{id_of_url('https://0.example/e')}#02e0"
    marks = claim, f"{grid}#01aa", f"{grid}#01ac", f"{grid}#01ab", f"{paper}#02f0"
    proposed = {"article": id_of_url("https://b.example/ar"), "quote": "لم ترتفع الأجور"}
    proposed |= {"reason": "So."}
    asked = [
        ("search", {"query": "coal or bread or river"}),
        ("article", {"article": id_of_url("https://0.example/e")}),
        ("article", {"article": id_of_url(f"https://{GRID}"), "start": 5}),
        ("article", {"article": id_of_url("https://l.example/long")}),
        *(("mark", {"mark": mark}) for mark in marks),
        *(("evidence", {"mark": mark}) for mark in marks),
        ("similar", {"mark": marks[0]}),
        ("changes", {}),
        ("propose", proposed),
    ]
    lines = [
        json.dumps(
            {
                "jsonrpc": "2.0",
                "id": number,
                "method": "tools/call",
                "params": {"name": name, "arguments": given},
            }
        )
        for number, (name, given) in enumerate(asked)
    ]
    done = said.run("mcp", "--allow", "propose", stdin="\n".join(lines).encode() + b"\n")
    for (name, given), line in zip(asked, done.out.splitlines(), strict=True):
        result = json.loads(line)["result"]
        assert not result["isError"], (name, given, result)
        said.values[f"mcp-{name}"].append(result["structuredContent"])


def _command_inputs(library: Library) -> list[object]:
    """Return what commands of the user get for an article, a mark, and a passage without one."""
    article = library.article(id_of_url(f"https://{GRID}"))
    text, marks, record = article.extraction().article, article.annotations(), article.record()
    own = partial(UserCommand, name="Own", command=("own",), input="json")
    given = [
        passage_input(own(what="passage"), record, text, Span(0, 8)),
        passage_input(own(what="mark"), record, text, Span(0, 8), mark=marks[0]),
        article_input(own(what="article"), record, text, marks),
    ]
    return [*map(json.loads, given)]


def _links(said: Outputs, _site: Site, _home: Path) -> None:
    said("similar", "similar", "02e0")
    said("link", "link", "02e1", "opposes", "02e0", "--note", "Other numbers")
    said("link", "link", "02e0", "supported-by", "https://h.example/e")
    said("link", "link", "02e0", "supported-by", "https://b.example/ar")
    said("link", "link", "02e0", "opposes", "02e1")
    for mark in ("02e0", "01aa", "01ac"):
        said("links", "links", mark)
        said("evidence", "links", mark, "--tree")
    said("evidence", "links", "02e0", "--tree", "--depth", "1")
    said("links", "unlink", "02e0", "opposes", "02e1")


def _names(said: Outputs, _site: Site, _home: Path) -> None:
    said("tags", "tags")
    said("tags-colour", "tags", "colour", "food", "blue")
    said("rename", "tags", "rename", "food", "bread")
    said("rename", "tags", "merge", "bread", "seen", "meal")
    said("rename", "tags", "delete", "meal", "--yes")
    said("marks", "edit", "02e1", "--speaker", "Lee, Ann")
    said("speakers", "speakers")
    said("speakers-suggest", "speakers", "suggest")
    said("rename", "speakers", "rename", "Lee, Ann", "Anne Lee")
    said("rename", "speakers", "merge", "Anne Lee", "Ann Lee")


def _others(said: Outputs, _site: Site, home: Path) -> None:
    call = {"name": "search", "arguments": {"query": "coal"}}
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    assert said.run("mcp", stdin=json.dumps(request).encode() + b"\n").code == 0
    said("mcp-log", "mcp", "--log")
    for flags in (["--token"], ["--new-token"], ["--bookmarklet"], ["--print-unit", "systemd"]):
        said("serve-token", "serve", *flags)
    draft = home / "draft.md"
    draft.write_text(
        f"“{WORDS[:40]}”\n\nExports of bread fell by 45 percent in May, said Ann Lee.\n\n"
        "“Nobody ever wrote this sentence anywhere at all, I am sure of it.”\n"
    )
    said("cite", "cite", draft)
    said("import-list", "import", "--list")
    (home / "readwise.csv").write_text(READWISE)
    said("import", "import", home / "readwise.csv")
    said("import", "import", "--last")
    said("publish", "publish", "hypothesis", "--dry-run")
    said("config-list", "config", "list")
    said("doctor-privacy", "doctor", "--privacy")
    said("schema", "schema")
    said.refused("show", "9999")
    said.refused("list", "--nothing")
    said.refused("search", "(")


def _copies(said: Outputs, _site: Site, home: Path) -> None:
    said("sync-status", "sync", "--status")
    said("sync", "sync", "--init", home / "hub.git")
    said("marks", "edit", "01ab", "--note", "Here.")
    said("sync-status", "sync", "--dry-run")
    said("sync", "sync")
    said("backup", "backup", home / "b.tar.zst")
    said("restore-backup", "restore-backup", home / "b.tar.zst", "--into", home / "restored")
    said("restore-backup", "restore-backup", home / "b.tar.zst", "--merge")


def _bin(said: Outputs, _site: Site, _home: Path) -> None:
    said("marks", "unmark", "01ab")
    said("marks", "unmark", "01ah")
    (record,) = said("remove", "remove", "unmarked", "--yes")
    said("bin", "restore")
    said("restore", "restore", record["id"], "01ab")
    said("remove", "remove", record["id"])
    said("bin", "empty-bin", "--yes")


def _exports(said: Outputs, _site: Site, home: Path) -> None:
    said("export", "export", "--to", home / "notes")
    said("export", "export", "--to", home / "notes", "--digest")
    said("export-file", "export", "--format", "csv", "--to", home / "marks.csv")
    said("export-templates", "export", "templates")
    said("export-templates-init", "export", "templates", "--init")
    said.plainly("library", "export", "--format", "json")
    said.plainly("library-lines", "export", "--format", "jsonl")


def _damage(said: Outputs, folder: Path, home: Path) -> None:
    """Damage the text of an article, and look at what says so."""
    said("doctor", "doctor")
    for path in folder.glob("articles/*/*/revisions/*.json"):
        if COAL in path.read_text("utf-8"):
            path.write_text("damaged")
    said("doctor", "doctor", codes=(0, 5))
    said("export", "export", "--to", home / "notes", codes=(5,))
    said("export-file", "export", "--format", "html", "--to", home / "all.html", codes=(5,))
    said("cite", "cite", home / "draft.md")
    said("doctor", "doctor", "--fix", codes=(0, 5))
