"""A report of a page that came out wrong: the page, what cleaning made of it, and why.

The page is without what is private in it: tokens, hidden fields, scripts, e-mail
addresses. What cleaning looks at stays as it was: text, structure, names of classes,
and the metadata for search engines.

Its file, to attach to an issue, is a ZIP archive, which people can look into and the
program reads back. The page in it is a file of its own, and `report.json` has
everything else.
"""

import io
import re
import zipfile
from datetime import date
from itertools import count
from pathlib import Path
from pkgutil import get_data
from typing import Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator import __version__, codec, fetch
from annotator.errors import ExportError, InvalidInput, NotAnArticle
from annotator.model import NO_OVERRIDES, Overrides, Page, PassageDecision, Removal
from annotator.model.document import HTML, MARKDOWN, PLAIN_TEXT
from annotator.model.extraction import EXTRACTOR, NO_ALTERNATES, AlternateVersions, Completeness
from annotator.model.multipart import is_joined, join, split
from annotator.model.secrets import HIDDEN, PARAMETER, PRIVATE_NAME, SIGNED_IN, SIGNED_TOKEN
from annotator.model.site_rules import SiteRule
from annotator.model.text import clean_line
from annotator.model.tsv import as_line, decision_fields
from annotator.model.zip_archive import ZipArchive

ISSUES = "https://github.com/annotator-tui/annotator/issues/new?template=page.yml"
NO_COMPLETENESS = Completeness()

KEPT_HEADERS = frozenset({"content-language", "content-type", "x-robots-tag"})
NOBODY = "someone@example.org"

_RANDOM = re.compile(r"(?<=[?&;#])([\w.-]+=)(?=[^&#]*\d)(?=[^&#]*[A-Za-z])([\w%+/=.~-]{20,})")
_QUOTE = r"(?:\"|&quot;|&#34;)"
_IN_JSON = re.compile(
    rf"({_QUOTE}(?:{PRIVATE_NAME}){_QUOTE}\s{{0,9}}:\s{{0,9}}{_QUOTE})((?:(?!{_QUOTE})[^<>\\]){{1,4000}})",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}(?!(?:png|jpe?g|gif|svg|webp|avif|js|css)\b)"
    r"[a-z]{2,24}\b",
    re.IGNORECASE,
)
# A header that a page shows, as those about interfaces do; a word after “Basic” is none.
_AUTHORIZATION = re.compile(
    r"\b(Bearer|Token|Basic)( +)(?=[\w.~+/=-]*(?:\d|[a-z][A-Z]))[\w.~+/=-]{16,}"
)
_LOCAL = re.compile(r"file:(?://|%2f%2f)[^\s\"'<>)]*[/\\]", re.IGNORECASE)
_INLINE_DATA = re.compile(r"data:[\w.+/-]{1,100};base64,[A-Za-z0-9+/=%]{200,}")

# What is in quotation marks may have brackets: some sites keep whole pages in an attribute.
_WITHIN = r"(?:[^<>\"']++|\"[^\"]{0,200000}+\"|'[^']{0,200000}+')*+"
# A script that is a comment ends with it, if it writes another script.
_WRITER = r"<!--(?:[^<]|<(?!/?script|!--))*+<script(?:[^-]|-(?!->))*+-->"
_CODE = rf"[^<]*+(?:(?:{_WRITER}|<(?!/script))[^<]*+)*+"
_ELEMENT = re.compile(
    rf"(?P<script><script\b(?P<kind>{_WITHIN})>)(?P<code>{_CODE})(?P<end></script\s{{0,9}}>|\Z)|"
    rf"<!--.*?(?:-->|\Z)|"
    rf"(?P<area><textarea\b{_WITHIN}>)(?P<typed>.*?)(?=</textarea|\Z)|"
    rf"(?P<tag><(?P<name>[a-zA-Z][\w-]{{0,50}})\s{_WITHIN}>)",
    re.IGNORECASE | re.DOTALL,
)
_READ_SCRIPTS = re.compile(r"ld\+json|math/|text/template", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(\s[^\s=<>\"'/]{1,200}+)(\s{0,9}=\s{0,9}(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']++))"
)
_PRIVATE_ATTRIBUTE = re.compile(rf"nonce|integrity|on[a-z]+|data-(?:{PRIVATE_NAME})", re.IGNORECASE)
_PRIVATE_META = re.compile(
    rf"\s(?:name|property|id|http-equiv)\s{{0,9}}=\s{{0,9}}[\"']?(?:{PRIVATE_NAME}|set-cookie)"
    r"[\"'\s>/]",
    re.IGNORECASE,
)
_TYPED = frozenset({"value", "placeholder"})

SUFFIX = ".zip"
MAX_BYTES = 25_000_000  # the largest attachment of an issue
MAX_NAME = 60  # characters of a host or a file in the name of a report

_REPORT, _README, _TEXT, _REASONS = "report.json", "README.txt", "article.txt", "reasons.tsv"
_PAGES = {HTML: "page.html", MARKDOWN: "page.md", PLAIN_TEXT: "page.txt"}
_UNFIT = re.compile(r"[^\w.-]+")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of all files in the archive


class Metadata(Struct, frozen=True):
    """The metadata that were found on a page."""

    title: str = ""
    byline: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    excerpt: str = ""
    lead_image: str = ""
    canonical_url: str = ""


class Circumstances(Struct, frozen=True):
    """Versions, rules and choices that decide, beside the page, how it comes out.

    `rules` are the user's own rules for the site, `choices` the passages that the user
    restored and removed, and `has_cookies` says whether pages are fetched with cookies.
    """

    version: str = __version__
    extractor: str = EXTRACTOR
    python: str = ""
    system: str = ""
    has_cookies: bool = False
    rules: tuple[SiteRule, ...] = ()
    choices: Overrides = NO_OVERRIDES


class PageReport(Struct, frozen=True, kw_only=True):
    """A report. `error` is the message if no article could be made of the page.

    `is_same_as_fetched` says whether the page as fetched, with what was private in it,
    came out in the same way.
    """

    format: Literal["annotator page report"] = "annotator page report"
    page: Page
    made: date
    text: str = ""
    metadata: Metadata = Metadata()
    completeness: Completeness = NO_COMPLETENESS
    offers: AlternateVersions = NO_ALTERNATES
    removals: tuple[Removal, ...] = ()
    reasons: tuple[PassageDecision, ...] = ()
    error: str = ""
    is_same_as_fetched: bool = True
    circumstances: Circumstances = Circumstances()


def redacted(page: Page) -> Page:
    """Return a page without what is private in it, each part of a joined one."""
    if not is_joined(page):
        return _redacted(page)
    parts, missing = split(page)
    return join([_redacted(part) for part in parts], missing=redacted_address(missing))


def redacted_address(url: str) -> str:
    """Return an address without a password, tokens and folders of this computer.

    A parameter whose value looks made up by a machine counts as a token.
    """
    if url.startswith("file:"):
        return _LOCAL.sub("file:///", url)
    try:
        parts = urlsplit(SIGNED_IN.sub("", url, count=1))
    except ValueError:
        return ""
    bare = urlunsplit(parts._replace(fragment="" if "=" in parts.fragment else parts.fragment))
    return _text(_RANDOM.sub(rf"\1{HIDDEN}", bare))


def _redacted(page: Page) -> Page:
    html = _INLINE_DATA.sub("data:,", page.html)
    if page.media_type == HTML:
        html = _ELEMENT.sub(_without_secrets, html)
    headers = tuple(each for each in page.headers if each[0] in KEPT_HEADERS)
    return replace(page, url=redacted_address(page.url), html=_text(html), headers=headers)


def _text(text: str) -> str:
    """Return a text without tokens in addresses, e-mail addresses and local folders."""
    text = PARAMETER.sub(rf"\1{HIDDEN}", text)
    text = _IN_JSON.sub(rf"\1{HIDDEN}", text)
    text = SIGNED_IN.sub("", text)
    text = _AUTHORIZATION.sub(rf"\1\2{HIDDEN}", SIGNED_TOKEN.sub(HIDDEN, text))
    return _LOCAL.sub("file:///", _EMAIL.sub(NOBODY, text) if "@" in text else text)


def _without_secrets(match: re.Match[str]) -> str:
    """Return an element without private attributes, a script without its code."""
    if match["script"]:
        code = match["code"] if _READ_SCRIPTS.search(match["kind"]) else ""
        return f"{_without_values(match['script'])}{code}{match['end']}"
    if match["area"]:
        return match["area"]
    tag = match["tag"]
    if not tag:
        return ""  # a comment
    name = match["name"].lower()
    if name in {"input", "button"}:
        return _without_values(tag, _TYPED)
    is_private = name == "meta" and _PRIVATE_META.search(tag)
    return _without_values(tag, frozenset({"content"} if is_private else ()))


def _without_values(tag: str, names: frozenset[str] = frozenset()) -> str:
    """Return a tag with empty values of private attributes, and of those with these names."""

    def emptied(attribute: re.Match[str]) -> str:
        name = attribute[1].strip().lower()
        is_private = name in names or _PRIVATE_ATTRIBUTE.fullmatch(name)
        return f'{attribute[1]}=""' if is_private else attribute[0]

    return _ATTRIBUTE.sub(emptied, tag)


def write_report(report: PageReport, path: Path) -> int:
    """Write a report to the new file `path`, and return its size in bytes.

    Raises `ExportError` if there is such a file already, or it cannot be written.
    """
    data = _packed(report, path.name)
    name = clean_line(str(path))
    if len(data) > MAX_BYTES:
        raise ExportError(
            f"The report has {len(data) / 1_000_000:.0f} MB: an issue takes at most 25.",
            "Report the address of the page instead.",
        )
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise ExportError(
            f"{name} exists already.", "Give another name with --to, or move it away."
        ) from error
    except OSError as error:
        path.unlink(missing_ok=True)
        raise ExportError(
            f"{name} cannot be written: {error.strerror}.", "Give another folder with --to."
        ) from error
    return len(data)


def report_path(wanted: Path | None, folder: Path, report: PageReport) -> Path:
    """Return the path of a report: the wanted file, or a new name in the wanted folder.

    Raises `InvalidInput` for a name that GitHub would refuse.
    """
    if wanted is None or wanted.is_dir():
        return _new_name(wanted or folder, report)
    if wanted.suffix.lower() != SUFFIX:
        raise InvalidInput(
            f"{clean_line(str(wanted))} is not a name for a ZIP file.", "Let it end in .zip."
        )
    return wanted


def open_report(path: Path) -> Page:
    """Return the page in the report at `path`. Raises `FetchError` for any other file."""
    data = fetch.read_data(path)
    name = clean_line(str(path))
    try:
        archive = ZipArchive(data, NotAnArticle)
        report = codec.decode(archive.read(_REPORT), PageReport)
        html = archive.read(_PAGES[report.page.media_type]).decode("utf-8")
    except (NotAnArticle, KeyError, ValueError) as error:
        raise NotAnArticle(
            f"{name} is a ZIP file, but no report of a page.", "Unpack it, and give a file in it."
        ) from error
    return replace(report.page, html=html)


def _packed(report: PageReport, name: str) -> bytes:
    page = report.page
    rest = replace(report, page=replace(page, html=""), text="", reasons=())
    title = clean_line(report.metadata.title) or "A page without a title"
    about = (
        (get_data(__package__, "page_report.txt") or b"")
        .decode()
        .format(title=title, address=page.url, version=report.circumstances.version, name=name)
    )
    files = {
        _README: about,
        _REPORT: codec.encode(rest).decode(),
        _PAGES[page.media_type]: page.html,
        _TEXT: f"{report.text}\n" if report.text else f"{report.error}\n",
        _REASONS: "".join(f"{as_line(decision_fields(part))}\n" for part in report.reasons),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in files.items():
            info = zipfile.ZipInfo(member, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8", "replace"))
    return packed.getvalue()


def _new_name(folder: Path, report: PageReport) -> Path:
    parts = urlsplit(report.page.url)
    place = parts.hostname or Path(unquote(parts.path)).stem or "page"
    stem = f"page-report-{_UNFIT.sub('-', place)[:MAX_NAME]}-{report.made.isoformat()}"
    names = (f"{stem}{f'-{n}' if n > 1 else ''}{SUFFIX}" for n in count(1))
    return next(path for name in names if not (path := folder / name).exists())
