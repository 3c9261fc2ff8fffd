"""The file of a report: a ZIP archive, which people can look into and the program reads back.

The page in it is a file of its own, and `report.json` has everything else.
"""

import io
import re
import zipfile
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from annotator import codec, fetch
from annotator.errors import ExportError, ImportFailed, InvalidInput, NotAnArticle
from annotator.importing.readers.archive import ZipArchive
from annotator.model import Page
from annotator.model.page import HTML, MARKDOWN, PLAIN_TEXT
from annotator.model.text import clean_line
from annotator.usecases.page_report.contents import PageReport

SUFFIX = ".zip"
MAX_BYTES = 25_000_000  # the largest attachment of an issue
MAX_NAME = 60  # characters of a host or a file in the name of a report

_REPORT, _README, _TEXT, _REASONS = "report.json", "README.txt", "article.txt", "reasons.tsv"
_PAGES = {HTML: "page.html", MARKDOWN: "page.md", PLAIN_TEXT: "page.txt"}
_UNFIT = re.compile(r"[^\w.-]+")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of all files in the archive

_ABOUT = """\
{title}
{address}

annotator {version} made an article of this page that is wrong. This file was written by
`annotator report-page`, and sent by nobody: attach it to an issue if you want to.

page.*        the page, with all of its text. Left out: the code of scripts, comments, what
              was typed into fields, tokens and passwords in addresses, e-mail addresses
article.txt   what annotator made of it
reasons.tsv   each passage of the page: kept or dropped, probability, rule, reason, text
report.json   metadata, completeness with its evidence, what was removed with reasons,
              versions, and your rules and choices for this page

Marks, notes, tags, cookies and the folders of the computer are not in it. If you were signed
in, look whether the page has your name.

To run the page through cleaning again:

    annotator show {name} --why
"""


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
        archive = ZipArchive(data)
        report = codec.decode(archive.read(_REPORT), PageReport)
        html = archive.read(_PAGES[report.page.media_type]).decode("utf-8")
    except (ImportFailed, KeyError, ValueError) as error:
        raise NotAnArticle(
            f"{name} is a ZIP file, but no report of a page.", "Unpack it, and give a file in it."
        ) from error
    return replace(report.page, html=html)


def _packed(report: PageReport, name: str) -> bytes:
    page = report.page
    rest = replace(report, page=replace(page, html=""), text="", reasons=())
    title = clean_line(report.metadata.title) or "A page without a title"
    about = _ABOUT.format(
        title=title, address=page.url, version=report.circumstances.version, name=name
    )
    files = {
        _README: about,
        _REPORT: codec.encode(rest).decode(),
        _PAGES[page.media_type]: page.html,
        _TEXT: f"{report.text}\n" if report.text else f"{report.error}\n",
        _REASONS: "".join(f"{line}\n" for line in _reasons(report)),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in files.items():
            info = zipfile.ZipInfo(member, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8", "replace"))
    return packed.getvalue()


def _reasons(report: PageReport) -> list[str]:
    return [
        "\t".join(
            (
                "kept" if each.is_kept else "dropped",
                "" if each.score is None else f"{each.score:.2f}",
                f"{each.step}/{each.rule}",
                each.reason,
                clean_line(each.text),
            )
        )
        for each in report.reasons
    ]


def _new_name(folder: Path, report: PageReport) -> Path:
    parts = urlsplit(report.page.url)
    place = parts.hostname or Path(unquote(parts.path)).stem or "page"
    stem = f"page-report-{_UNFIT.sub('-', place)[:MAX_NAME]}-{report.made.isoformat()}"
    names = (f"{stem}{f'-{n}' if n > 1 else ''}{SUFFIX}" for n in count(1))
    return next(path for name in names if not (path := folder / name).exists())
