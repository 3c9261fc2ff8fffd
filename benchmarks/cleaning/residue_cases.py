"""The lines that the residue benchmark uses, its pages, and the places in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from lxml import html as markup

from scorer_corpora import read_corpora

FOLDER = Path(__file__).parent
# Lists by their authors; the first ones are those that rules were made from.
AUTHORS = ("residue", "more", "third", "fourth", "fifth", "blind")
LINES = tuple(f"{author}_lines.txt" for author in AUTHORS)
TRAPS = tuple(f"{author}_traps.txt" for author in AUTHORS)
SAMPLES = FOLDER.parents[1] / "sample_articles"
LEAST_PROSE = 100  # characters of a paragraph
LEAST_PARAGRAPHS = 5
LARGEST = 150_000  # characters of a page
MOST_ALIKE = 4  # pages of one corpus and language
MARK = "residue-goes-here"
LINE_FOLDS = 4
PLACES = ("start", "middle", "end")
FORMS = {
    "p": "<p>{}</p>",
    "div": "<div>{}</div>",
    "li": "<ul><li>{}</li></ul>",
    "named": '<div class="c-inline-note"><p>{}</p></div>',
}


@dataclass(frozen=True, slots=True)
class Case:
    """A line, the family that it belongs to, and its language."""

    family: str
    language: str
    line: str
    author: str = ""

    @property
    def group(self) -> str:
        """Its author and family: one idea often stands there in several languages."""
        return f"{self.author} {self.family}"

    @property
    def half(self) -> str:
        """`a` for the lines that rules can be tuned on, `b` for those that judge the rules."""
        return "ab"[crc32(self.line.encode()) & 1]


@dataclass(frozen=True, slots=True, eq=False)
class Host:
    """A page with an article that a line can be put into, at each of the places."""

    url: str
    language: str
    templates: dict[str, str]

    def holding(self, line: str, *, place: str, form: str) -> str:
        """Return the page with a line in it."""
        return self.templates[place].replace(MARK, FORMS[form].format(line))

    def bare(self, place: str) -> str:
        """Return the page without any line in it."""
        return self.templates[place].replace(MARK, "")


def fold_of(group: str) -> int:
    """Return the fold of lines that belong together: those of a site, or a `Case.group`."""
    return crc32(group.encode()) % LINE_FOLDS


def read_cases(name: str) -> Iterator[Case]:
    """Yield the cases of a data file in this folder."""
    family, author = "", name.partition("_")[0]
    for row in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("[") and row.endswith("]"):
            family = row[1:-1]
        elif row and not row.startswith("# "):
            language, _, line = row.partition(" ")
            yield Case(
                family, language, line, f"{author} {family}" if author == "blind" else author
            )


def read_host(html: str, url: str) -> Host | None:
    """Return a page to put lines into, or nothing if it has too few paragraphs."""
    root = markup.document_fromstring(html.encode(), parser=markup.HTMLParser(encoding="utf-8"))
    long = [p for p in root.iter("p") if len("".join(map(str, p.itertext()))) >= LEAST_PROSE]
    parents = [p.getparent() for p in long]
    if not parents:
        return None
    parent = max(parents, key=parents.count)
    own = [p for p in long if p.getparent() is parent]
    if len(own) < LEAST_PARAGRAPHS:
        return None
    language = (root.get("lang") or "en")[:2].lower()
    anchors = {"start": own[0], "middle": own[len(own) // 2], "end": own[-1]}
    templates = {place: _marked(root, anchor, place) for place, anchor in anchors.items()}
    return Host(url, language, templates)


def _marked(root: markup.HtmlElement, anchor: markup.HtmlElement, place: str) -> str:
    mark = markup.Element("i")
    mark.text = MARK
    if place == "start":
        anchor.addprevious(mark)
    else:
        tail, anchor.tail = anchor.tail, None
        anchor.addnext(mark)
        mark.tail = tail
    page = str(markup.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))
    mark.drop_tree()
    return page.replace(f"<i>{MARK}</i>", MARK)


def sample_hosts() -> Iterator[Host]:
    """Yield the sample articles that lines can be put into."""
    for path in sorted(SAMPLES.glob("*.html")):
        host = read_host(path.read_text(encoding="utf-8"), f"https://samples.example/{path.stem}")
        if host:
            yield host


def corpus_hosts(folder: Path) -> Iterator[Host]:
    """Yield a few pages of each corpus and language."""
    counts: Counter[tuple[str, str]] = Counter()
    for sample in read_corpora(folder):
        host = read_host(sample.html, sample.url) if len(sample.html) <= LARGEST else None
        if host and counts[sample.corpus, host.language] < MOST_ALIKE:
            counts[sample.corpus, host.language] += 1
            yield host
