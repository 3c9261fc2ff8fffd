"""The only way to standard output and standard error.

All text is sanitized here once more, whoever wrote it. Colors are added after
that, on a terminal that wants them.
"""

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice, takewhile
from typing import Literal, NamedTuple, TextIO
from unicodedata import east_asian_width

from annotator.cli.output import streams
from annotator.errors import AnnotatorError
from annotator.fastpath import terminal
from annotator.fastpath.start import PLAIN_VARIABLE
from annotator.model.text import clean_line, clean_text
from annotator.model.tsv import as_line

Style = Literal["strong", "faint", "alarm", "red", "green", "yellow", "magenta", "cyan"]

USUAL_WIDTH = 80  # columns of a terminal that does not report its size
ENDLESS = 1_000_000  # of lines that are heard, or that a terminal breaks by itself
MAX_TYPED = 100_000  # characters of a line; a note has no more
SAY_AGAIN = 5.0  # seconds between two lines about progress where nothing is overwritten

ID_LENGTH = 8  # digits shown; ten thousand articles share them in one of a hundred libraries

BATCH = 100  # records; memory for larger texts is requested from the system each time

_CODES: dict[str, str] = {
    "strong": "1",
    "faint": "2",
    "alarm": "1;31",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "cyan": "36",
}
_TRUE_COLOR = frozenset({"truecolor", "24bit"})
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n"))
_GAP = ", "  # between columns that are heard
_CLEAR_LINE = "\r\x1b[K"
# A sentence, and what is behind the first “annotator” in one that names a command for something
# by its id, or a command that tells ids. Both take a time that grows with the text and no faster:
# words of pages, and whole lines that were typed, are in these texts.
_SENTENCE = re.compile(r"(?:[^.!?]|\.(?=\w))*(?:[.!?]+|$)\s*")
_FOR_A_SHELL = re.compile(
    r"^[a-z-]+\b.* (?:ID|ARTICLE|MARK)\b|(?:^|\bannotator )(?:list|notes|links)\b", re.DOTALL
)

# Whether commands are typed inside of the program, and when progress was last told in a line.
_state = {"is_session": False, "told": -SAY_AGAIN, "began": time.monotonic()}


class Styled(NamedTuple):
    """Text in another style, where colors are wanted."""

    text: str
    style: str  # a `Style`, or a color as #rrggbb


Piece = str | Styled


def strong(text: str) -> Styled:
    """Return text in bold."""
    return Styled(text, "strong")


def faint(text: str) -> Styled:
    """Return text in a faint color."""
    return Styled(text, "faint")


def colored(text: str, color: str) -> Styled:
    """Return text in a `Style`, or in a color #rrggbb where the terminal has that many."""
    return Styled(text, color)


def short(article_id: str) -> str:
    """Return as much of an article's id as people are shown; commands understand it."""
    return article_id[:ID_LENGTH]


def sign(glyph: str) -> str:
    """Return a sign and a space to put before words; nothing where it would be read aloud."""
    return "" if streams.is_dumb() else f"{glyph} "


@contextmanager
def session() -> Iterator[None]:
    """Print for people, on a pipe too: what follows are answers to what they type."""
    plain = os.environ.get(PLAIN_VARIABLE, "")
    _state["is_session"], os.environ[PLAIN_VARIABLE] = True, "1"
    try:
        yield
    finally:
        _state["is_session"], os.environ[PLAIN_VARIABLE] = False, plain


def is_session() -> bool:
    """Whether rows are numbered and commands typed inside of the program, so that ids are noise."""
    return bool(_state["is_session"])


def is_spoken() -> bool:
    """Whether people get whole lines to be heard or felt: no columns, indents, cuts or breaks."""
    return streams.is_dumb() and is_terminal()


def ask(question: str) -> str | None:
    """Print a question and return the line that is typed; `None` at the end of the input."""
    streams.write(sys.stdout, question)
    streams.flush()
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except OSError:  # the terminal is gone
        line = ""
    if not line:
        echo_end()
    return clean_line(line, limit=MAX_TYPED) if line else None


def echo_end() -> None:
    """End the line of a question, so that what follows is not on it."""
    streams.write(sys.stdout, "\n")


def forget_progress() -> None:
    """Tell the next progress at once: it is that of another command."""
    _state.update(told=-SAY_AGAIN, began=time.monotonic())


def echo(*pieces: Piece) -> None:
    """Write a line of data to standard output.

    A piece of spaces is an indent or a gap between columns: where it is heard, nothing or a comma.
    """
    if is_spoken():
        if not pieces:
            return  # a blank line is a gap for the eye
        line = "".join(text if text.strip() else _GAP * bool(text) for text in map(_plain, pieces))
        pieces = (line.removeprefix(_GAP).removeprefix(_GAP).replace("\t", "    "),)
    _write_line(sys.stdout, pieces)


def echo_exactly(text: str) -> None:
    """Write a file of the user's own to a pipe or a file: each byte as it was, in UTF-8."""
    streams.flush()
    streams.write(sys.stdout, text.encode())


def echo_fields(*fields: str) -> None:
    """Write a record for programs to standard output: fields separated by tabs."""
    if is_spoken():
        name, *values = filter(None, fields)
        echo(f"{name[:1].upper()}{name[1:]}{': ' if values else ''}{', '.join(values)}")
        return
    streams.write(sys.stdout, f"{as_line(fields)}\n")


def echo_lines(records: Sequence[str]) -> None:
    """Write many records that are lines of fields already."""
    for start in range(0, len(records), BATCH):
        _write_lines("\n".join(records[start : start + BATCH]))


def echo_json(value: object) -> None:
    """Write a value to standard output as JSON, in ASCII if the encoding is not Unicode."""
    echo(_json(value))


def attributes(value: object, names: str) -> dict[str, object]:
    """Return attributes of a value by their names, for JSON: `attributes(record, "id title")`."""
    return {name: getattr(value, name) for name in names.split()}


def echo_json_list(values: Iterable[object]) -> None:
    """Write a list to standard output as JSON, some values at a time: there may be 100,000."""
    rest, before = iter(values), "[\n"
    while batch := list(islice(rest, BATCH)):
        lines = _json(batch).removeprefix("[\n").removesuffix("\n]")
        streams.write(sys.stdout, before + (lines if _are_clean(lines) else _plain(lines)))
        before = ",\n"
    echo("[]" if before == "[\n" else "\n]")


def echo_document(pieces: Iterable[str]) -> None:
    """Write a document to standard output, a piece at a time.

    It is UTF-8 and stays as it is, but on a terminal, which would obey what is hidden in it.
    """
    streams.expect_utf8(sys.stdout)
    is_shown = is_terminal()
    for piece in pieces:
        streams.write(sys.stdout, _plain(piece) if is_shown else piece)


def _json(value: object) -> str:
    from annotator import codec  # text does without msgspec

    with suppress(UnicodeEncodeError):  # a path may have bytes that are not UTF-8
        text = codec.encode(value).decode().rstrip("\n")
        if streams.is_unicode(sys.stdout):
            return text
    return _ascii(codec.to_plain(value), indent=codec.INDENT)


def _ascii(value: object, indent: int | None = None) -> str:
    import json  # for errors, old encodings and such paths only

    return json.dumps(value, indent=indent, ensure_ascii=True)


def tell(*pieces: Piece) -> None:
    """Write a sentence for the user to standard error; on a terminal in lines of whole words."""
    clear_progress()
    if is_session():  # where other words are typed than in a shell
        text = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
        sentences = (part for part in _SENTENCE.findall(text) if not _is_for_a_shell(part))
        pieces = ("".join(sentences).rstrip(),)
        if not pieces[0]:
            return
    elif streams.is_terminal(sys.stderr):
        pieces = _in_lines(pieces, width())
    streams.flush()  # the order of both streams is that of what happened
    _write_line(sys.stderr, pieces)


def _is_for_a_shell(sentence: str) -> bool:
    _, named, rest = sentence.partition("annotator ")
    return bool(named and _FOR_A_SHELL.search(rest))


def complain(error: AnnotatorError, *, about: str = "") -> None:
    """Write an error and its hint to standard error; with --json as one line of JSON."""
    if "--json" in takewhile(lambda word: word != "--", sys.argv):
        said = {"code": error.code, "message": error.message, "hint": error.hint}
        clear_progress()
        line = _ascii({"error": said | ({"about": about} if about else {})})
        streams.write(sys.stderr, f"{line}\n")
        return
    tell(Styled("Error:", "alarm"), f" {about}: " if about else " ", error.message)
    if error.hint:
        tell(error.hint)


def error_to_json(error: AnnotatorError | None) -> dict[str, object]:
    """Return an error for JSON: its message and its hint; nothing if there is none."""
    return {"error": error.message, "hint": error.hint} if error else {}


def show_progress(text: str) -> None:
    """Show progress on the last line of a terminal; do nothing elsewhere.

    Where nothing may be overwritten it is told in lines, some seconds after each other.
    """
    if streams.is_dumb():
        # Counts are for those who wait; that something has begun is told at once.
        last = _state["told"] if not text[:1].isdecimal() else max(_state["told"], _state["began"])
        if time.monotonic() - last >= SAY_AGAIN and (
            is_session() or streams.is_terminal(sys.stderr)
        ):
            _state["told"] = time.monotonic()
            _write_line(sys.stderr, (clean_line(text),))
            streams.flush()
    elif streams.is_terminal(sys.stderr) and not terminal.is_painted():
        line = clean_line(text, limit=max(1, width() - 1))
        streams.write(sys.stderr, f"{_CLEAR_LINE}{line}")
        streams.flush()


def clear_progress() -> None:
    """Erase the progress line."""
    is_drawn = streams.is_terminal(sys.stderr) and not streams.is_dumb()
    if is_drawn and not terminal.is_painted():
        streams.write(sys.stderr, _CLEAR_LINE)


def is_terminal() -> bool:
    """Whether people read standard output: on a terminal, and not in a file or a pipe."""
    return is_session() or streams.is_terminal(sys.stdout)


def width(widest: int = ENDLESS) -> int:
    """Return the columns of the terminal, or the value of `COLUMNS`, but at most `widest`.

    Lines that are heard have no end: a screen reader stops at each, and a Braille display
    breaks them by its own width.
    """
    if is_spoken():
        return ENDLESS
    chosen = os.environ.get("COLUMNS", "")
    if chosen.isdecimal() and int(chosen):
        return min(int(chosen), widest)
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):  # closed, or no terminal
        columns = 0
    return min(columns or USUAL_WIDTH, widest)


def _write_lines(lines: str) -> None:
    if _are_clean(lines):
        streams.write(sys.stdout, f"{lines}\n")
        return
    for line in lines.split("\n"):
        echo_fields(*line.split("\t"))


def _are_clean(lines: str) -> bool:
    if lines.isascii():  # takes a third of the time of the general case
        return len(lines.encode().translate(None, _CONTROLS)) == len(lines)
    return lines.replace("\t", "").replace("\n", "").isprintable()


def _write_line(stream: TextIO | None, pieces: Sequence[Piece]) -> None:
    written = _colored if streams.has_color(stream) else _plain
    streams.write(stream, "".join(map(written, pieces)) + "\n")


def _in_lines(pieces: Sequence[Piece], width: int) -> tuple[Piece, ...]:
    """Return the pieces with line breaks in place of the spaces at which lines get too long."""
    texts = [piece if isinstance(piece, str) else piece.text for piece in pieces]
    broken = list("".join(texts))
    start = space = 0  # of the line, and the last one in it at which it may be broken
    columns = after = 0  # of the line, and of what is behind that space
    is_indent = True
    for at, character in enumerate(broken):
        if character == "\n":
            start = space = at + 1
            columns = after = 0
            is_indent = True
            continue
        cells = 1 + (east_asian_width(character) in "WF")
        columns, after = columns + cells, after + cells
        is_indent = is_indent and character == " "
        if character == " " and not is_indent:
            space, after = at, 0
        if columns > width and space > start:
            broken[space] = "\n"
            start = space = space + 1
            columns = after
    rest = iter(broken)
    lines = ["".join(islice(rest, len(text))) for text in texts]
    return tuple(
        line if isinstance(piece, str) else piece._replace(text=line)
        for line, piece in zip(lines, pieces, strict=True)
    )


def _plain(piece: Piece) -> str:
    text = piece if isinstance(piece, str) else piece.text
    # Text that Python calls printable has no control characters; most text is.
    is_clean = text.replace("\n", "").isprintable()
    return text if is_clean else clean_text(text, limit=len(text))


def _colored(piece: Piece) -> str:
    text = _plain(piece)
    if isinstance(piece, str) or not text:
        return text
    code = _CODES.get(piece.style) or _color_code(piece.style)
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


def _color_code(color: str) -> str:
    """Return the code for a color #rrggbb, or of the nearest one if the terminal has 256."""
    if not color.startswith("#"):
        return ""
    red, green, blue = bytes.fromhex(color[1:])
    if os.environ.get("COLORTERM", "").lower() in _TRUE_COLOR:
        return f"38;2;{red};{green};{blue}"
    if "256" not in os.environ.get("TERM", ""):
        return ""
    steps = [min(5, max(0, (share - 35) // 40)) for share in (red, green, blue)]  # 0, 95, 135, …
    return f"38;5;{16 + 36 * steps[0] + 6 * steps[1] + steps[2]}"
