"""The films in the pages of docs show what the program does, and load nothing."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from annotator.tui.keys.groups import ALL_KEYS
from annotator.tui.keys.keymap import shown_name
from documenting.films.__main__ import FOLDER, NAMES
from documenting.films.drawing import CELL, Film, Frame, Window, draw, rows_of, text_of
from documenting.films.scripts import FILMS, reworded
from documenting.sessions import DOCS
from documenting.stage import MINUTES

SVG = "{http://www.w3.org/2000/svg}"
WITHOUT_ACTION = {"Enter", "Tab", "→"}  # keys of Textual's own fields
MOST_PLAIN, MOST_PACKED = 250_000, 60_000  # bytes
WIDEST = 800, 13.5  # what a caption may take, and an average letter of it

TIME = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d")  # of a page, when it was fetched

SEEN = {  # words of the first screen, and of the last
    "first-minute": ("Your library is empty.", "> [!warning] Claim · disputed"),
    "claims": ("What a battery pack costs", "disputed ⇄ #prices"),
    "two-machines": ("This spring the eels came back.", "✎ Ask Ms Crewe / Because of the dam?"),
    "reworded": ("counted 1,214 of them", "counted 1,198 of them"),
}


@dataclass
class Shown:
    """What one frame of a film shows: its lines, and its caption."""

    text: str
    keys: tuple[str, ...]
    words: str
    actions: tuple[str, ...]


@cache
def source(name):
    return (FOLDER / f"{name}.svg").read_text("utf-8")


@cache
def frames(text: str) -> list[Shown]:
    """Return the frames of a film as a browser puts them together."""
    root = ET.fromstring(text)
    parts = {part.get("id"): part for part in root.iter(f"{SVG}g") if part.get("id")}
    shown: dict[int, list[ET.Element]] = {}
    (strip,) = (group for group in root.iter(f"{SVG}g") if group.get("class") == "f")
    for use in strip:
        shown.setdefault(int(use.get("x", 0)), []).append(parts[use.get("href")[1:]])
    return [_shown(screen, caption, parts) for screen, caption in shown.values()]


def _shown(screen, caption, parts):
    rows = [parts[use.get("href")[1:]] for use in screen.iter(f"{SVG}use")]
    texts = [(text.get("class"), text.text or "") for text in caption.iter(f"{SVG}text")]
    return Shown(
        "\n".join(map(_line, rows)),
        tuple(text for kind, text in texts if kind == "k"),
        "".join(text for kind, text in texts if kind == "w"),
        tuple(next(iter(caption)).get("data-actions", "").split()),
    )


def _line(row):
    """Return the words of a row, each in its column."""
    line = ""
    for text in row.iter(f"{SVG}text"):
        line += " " * (int(text.get("x")) // CELL - cell_len(line)) + text.text
    return line


def folded(text):
    return " ".join(text.split())


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_there_is_a_file_of_each_film_and_a_page_that_shows_it():
    assert {*NAMES} == {*FILMS} == {path.stem for path in FOLDER.glob("*.svg")}
    pages = "\n".join(path.read_text("utf-8") for path in DOCS.rglob("*.md"))
    assert [film for film in NAMES if f"films/{film}.svg" not in pages] == []


def test_a_film_loads_nothing_and_runs_nothing(name):
    text = source(name)
    tags = {tag.tag.removeprefix(SVG) for tag in ET.fromstring(text).iter()}
    assert tags == {"svg", "title", "desc", "style", "defs", "g", "rect", "text", "use"}
    links = {link for tag in ET.fromstring(text).iter() for link in _links(tag)}
    assert all(link.startswith("#") for link in links)
    assert re.findall(r"url\(|@import|@font-face|://(?!www\.w3\.org/2000/svg)", _style(text)) == []


def _links(tag):
    return (value for key, value in tag.attrib.items() if key.rpartition("}")[2] == "href")


def _style(text):
    return ET.fromstring(text).findtext(f"{SVG}style")


def test_a_film_is_small(name):
    data = source(name).encode()
    assert len(data) < MOST_PLAIN
    assert len(gzip.compress(data)) < MOST_PACKED


def test_a_film_goes_round_in_less_than_a_minute_and_shows_each_frame(name):
    style = _style(source(name))
    (seconds,) = re.findall(r"\.f\{animation:f ([\d.]+)s step-end infinite\}", style)
    assert 15 <= float(seconds) <= 42
    stops = re.findall(r"([\d.]+)%\{transform:translateX\((-?\d+)px\)\}", style)
    times = [float(time) for time, _ in stops]
    assert times[0] == 0
    assert times == sorted({*times})
    assert times[-1] < 100 * (1 - 3 / float(seconds)), "no pause before it begins anew"
    assert len(stops) == len(frames(source(name))) > 10
    width = int(ET.fromstring(source(name)).get("viewBox").split()[2])
    assert [-int(x) for _, x in stops] == [number * width for number in range(len(stops))]


def test_who_wants_no_movement_sees_one_frame(name):
    style, text = _style(source(name)), source(name)
    (rule,) = re.findall(r"@media\(prefers-reduced-motion:reduce\)\{(.*?\}.*?\})\}", style)
    (x,) = re.findall(r"\.f\{animation:none;transform:translateX\(-(\d+)px\)\}", rule)
    assert ".b{display:none}" in rule
    width = int(ET.fromstring(text).get("viewBox").split()[2])
    assert frames(text)[int(x) // width].words


def test_a_film_says_what_happens_in_it_to_who_does_not_see_it(name):
    root = ET.fromstring(source(name))
    told = root.findtext(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    assert [frame.words for frame in frames(source(name)) if frame.words not in told] == []


def test_the_keys_of_a_film_are_those_of_their_actions(name):
    """If one fails because a key has changed: make films."""
    keys = {key.id: {shown_name(one) for one in key.keys} for key in ALL_KEYS}
    for frame in frames(source(name)):
        if frame.actions:
            pairs = zip(frame.actions, frame.keys, strict=True)
            assert all(shown in keys[action] for action, shown in pairs), frame.words
        elif frame.keys and not {*frame.keys} <= WITHOUT_ACTION:
            assert len(frame.keys) == 1  # what is typed
    assert any(frame.actions for frame in frames(source(name)))


def test_a_caption_fits_its_line(name):
    for frame in frames(source(name)):
        taken = sum(15 * len(key) + 28 for key in frame.keys) + WIDEST[1] * len(frame.words)
        assert taken < WIDEST[0], frame.words


def test_a_film_begins_and_ends_with_what_it_tells(name):
    first, last = (frames(source(name))[at] for at in (0, -1))
    assert SEEN[name][0] in folded(first.text)
    assert SEEN[name][1] in folded(last.text)


@pytest.mark.slow
async def test_a_film_that_is_taken_again_shows_the_same(tmp_path, monkeypatch, tasks):
    """If this fails because a screen has changed: make films, and look at them."""
    monkeypatch.setenv(MINUTES, "0")
    for proxy in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(proxy, raising=False)
        monkeypatch.delenv(proxy.upper(), raising=False)
    film = await reworded(tmp_path)
    kept = frames(source("reworded"))
    assert [(shown.keys, shown.words) for shown in kept] == [
        (frame.keys, frame.words) for frame in film.frames
    ]
    for shown, frame in zip(kept, film.frames, strict=True):
        assert TIME.sub("now", folded(shown.text)) == TIME.sub("now", folded(text_of(frame)))


INK = Style(color="#ffffff", bgcolor="#000000")
LIT = Style(color="#ffffff", bgcolor="#333333")


def filmed(*rows, **options):
    options = {"seconds": 1.0, "words": "look"} | options
    shown = [Frame((Window("annotator", (row,)),), ("s",), **options) for row in rows]
    return draw(Film("A <film>", 20, shown, still=0))


def row(*pieces):
    return rows_of([[Segment(text, style) for text, style in pieces]])[0]


def test_a_row_that_several_frames_show_is_kept_once():
    drawn = filmed(row(("same", INK)), row(("other", INK)), row(("same", INK)))
    assert drawn.count(">same<") == 1
    assert [shown.text for shown in frames(drawn)] == ["same", "other", "same"]


def test_neighbours_of_one_look_are_one_piece():
    assert row(("one ", INK), ("two", INK), ("three", LIT)) == row(("one two", INK), ("three", LIT))
    drawn = filmed(row(("aaaa", INK), ("bb", LIT), ("c", LIT + Style(bold=True))))
    assert '<rect x="40" width="30" height="20.3" fill="#333333"/>' in drawn


def test_words_are_where_they_are_in_the_terminal():
    """A browser makes one space of several, and a letter may be two cells wide."""
    drawn = filmed(row(("  a b   日本  c", INK)))
    places = re.findall(r'x="(\d+)" y="15" textLength="(\d+)">([^<]+)</text>', drawn)
    assert places == [("20", "30", "a b"), ("80", "40", "日本"), ("140", "10", "c")]


def test_signs_of_markup_are_letters():
    drawn = filmed(row(("<b> & </b>", INK)), words="a < b")
    assert frames(drawn)[0].text == "<b> & </b>"
    assert frames(drawn)[0].words == "a < b"
    assert ET.fromstring(drawn).findtext(f"{SVG}title") == "A <film>"
