"""The page of figures and its chart, from what `benchmarks/figures/figures.json` keeps."""

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from documenting import ROOT, write_changed
from documenting.tables import table

KEPT = ROOT / "benchmarks" / "figures" / "figures.json"
TEMPLATE = Path(__file__).with_name("figures_page.md")
PAGE = ROOT / "docs" / "figures.md"
CHART = ROOT / "docs" / "pictures" / "figures.svg"
OURS = "annotator"
SEGMENTS = "trafilatura"  # a corpus of segments in place of texts: shares of them are no words
# The mean F1 of words that the publishers of WCXB give, by kind of page; see its README.
PUBLISHED = {
    "rs-trafilatura": (".932", ".932", ".808", ".844", ".641"),
    "MinerU-HTML": (".928", ".838", ".794", ".824", ".619"),
    "trafilatura, as published there": (".926", ".888", ".585", ".763", ".567"),
}
KINDS = ("article", "documentation", "forum", "service", "product")
READER = {"first text": "first text", "line": "a line", "page": "a page", "memory MB": "memory"}

WIDTH, LABEL, VALUE = 760, 220, 110  # of the chart, of the names and of the values beside the bars
BAR, GAP, HEAD = 16, 6, 46
STYLE = """text{font:13px system-ui,sans-serif;fill:#24292f}.head{font-weight:600;font-size:14px}
.end{text-anchor:end}
.small{font-size:12px;fill:#57606a}.bar{fill:#8c959f}.ours{fill:#0a6e6e}rect.paper{fill:#fff}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9da7b1}.bar{fill:#6e7681}
.ours{fill:#3fb8af}rect.paper{fill:#16191d}}"""

Row = Mapping[str, Any]


class Bar(NamedTuple):
    """A name, a value, and the value in words."""

    name: str
    value: float
    words: str


class Panel(NamedTuple):
    """A part of the chart: what is better, and a bar for each program."""

    title: str
    note: str
    bars: Sequence[Bar]


def page() -> str:
    """Return the page of figures."""
    kept = _kept()
    whens = {f"{name}_when": _when(part) for name, part in kept.items()}
    tables = _cleaning(kept["cleaning"]["rows"]) | _reader(kept["reader"]["rows"])
    tables |= {"texts": kept["anchoring"]["texts"], "marks": _found(kept["anchoring"]["rows"])}
    tables |= {"conflicts": _conflicts(kept["conflicts"]["rows"])}
    return TEMPLATE.read_text("utf-8").format_map(whens | tables)


def chart() -> str:
    """Return the chart, light or dark as the reader's system is."""
    kept = _kept()
    lost, left = _words_lost_and_left(kept["cleaning"]["rows"])
    marks = _marks(kept["anchoring"]["rows"])
    readers = {row["program"]: row["first text"] for row in kept["reader"]["rows"]}
    panels = (
        Panel("Words of the article that are lost", "unseen sites; less is better", lost),
        Panel("Words of the site that are left", "the same pages; less is better", left),
        Panel(
            "Marks in a wrong place, or found though deleted",
            "in texts that changed; less is better",
            [Bar(name, row["bad"], f"{row['bad']:.1f} %") for name, row in marks.items()],
        ),
        Panel(
            "Changes lost where two machines changed one article",
            f"{kept['conflicts']['rows'][0]['conflicts']:,} conflicts; less is better",
            [
                Bar(row["program"], row["lost"], f"{row['lost']:,} of {row['changes']:,}")
                for row in kept["conflicts"]["rows"]
            ],
        ),
        Panel(
            "Milliseconds until the first text of 10,000 words",
            "processor time, of an article that was read before; less is better",
            [Bar(name, value, f"{value:.0f}") for name, value in readers.items()],
        ),
    )
    return _drawn(panels)


def write() -> None:
    """Write the page and the chart, if they have changed."""
    write_changed({PAGE: page(), CHART: chart()})


def _kept() -> dict[str, Any]:
    return dict(json.loads(KEPT.read_text("utf-8")))


def _when(part: Row) -> str:
    return f"Measured on {part['measured']}, Python {part['python']}, {part['machine']}."


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return table(heads, [[*map(str, cells)] for cells in rows], rule="--:").rstrip("\n")


def _cleaning(rows: Sequence[Row]) -> dict[str, object]:
    cleaners = _cleaners(rows)
    own = {(row["corpus"], row["cleaner"]): row for row in rows}
    corpora = list(dict.fromkeys(row["corpus"] for row in rows))
    lost, left = _words_lost_and_left(rows)
    by_corpus, ahead = [], 0
    for corpus in corpora:
        values = [own[corpus, cleaner]["bare_f1"] for cleaner in cleaners]
        cells = [_best(value, max(values)) for value in values]
        ours = own[corpus, OURS]
        by_corpus.append((corpus, ours["pages"], *cells, f"{ours['lost']} ({ours['unsaid']})"))
        ahead += ours["bare_f1"] == max(values)
    measured = [f"{own[f'wcxb-{kind}', OURS]['words']:.3f}"[1:] for kind in KINDS]
    wcxb = [("annotator, on the sites that were set aside", *measured)]
    wcxb += [(name, *values) for name, values in PUBLISHED.items()]
    heads = ["", "pages", *cleaners.values(), "lost (called full)"]
    return {
        "pages": sum(own[corpus, OURS]["pages"] for corpus in corpora),
        "ahead": ahead,
        "corpora": len(corpora),
        "lost_and_left": _table(
            ["", "lost", "left"],
            [(bar.name, bar.words, other.words) for bar, other in zip(lost, left, strict=True)],
        ),
        "by_corpus": _table(heads, by_corpus),
        "wcxb": _table(["", *KINDS], wcxb),
    }


def _cleaners(rows: Sequence[Row]) -> dict[str, str]:
    return {row["cleaner"]: f"{row['cleaner']} {row['version']}".strip() for row in rows}


def _words_lost_and_left(rows: Sequence[Row]) -> tuple[list[Bar], list[Bar]]:
    """Return the shares of lost and of left words, over all pages with whole texts."""
    bars: tuple[list[Bar], list[Bar]] = ([], [])
    for cleaner, name in _cleaners(rows).items():
        own = [row for row in rows if row["cleaner"] == cleaner and row["corpus"] != SEGMENTS]
        pages = sum(row["pages"] for row in own)
        for side, key in zip(bars, ("bare_recall", "bare_precision"), strict=True):
            share = 100 * (1 - sum(row[key] * row["pages"] for row in own) / pages)
            side.append(Bar(name, share, f"{share:.1f} %"))
    return bars


def _best(value: float, best: float) -> str:
    figure = f"{value:.3f}".removeprefix("0")
    return f"**{figure}**" if value == best else figure


def _marks(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Return for each program the shares over all cases, and of those that mislead."""
    shares: dict[str, dict[str, float]] = {}
    for name in sorted({row["program"] for row in rows}):
        own = [row for row in rows if row["program"] == name]
        there, absent = sum(row["there"] for row in own), sum(row["absent"] for row in own)
        wrong = sum(row["wrong"] * row["there"] for row in own)
        false = sum(row["false"] * row["absent"] for row in own)
        ok = sum(row["ok"] * row["there"] for row in own)
        shares[name] = {
            "ok": ok / there,
            "wrong": wrong / there,
            "false": false / absent,
            "bad": (wrong + false) / (there + absent),
        }
    return dict(sorted(shares.items(), key=lambda item: not item[0].startswith(OURS)))


def _found(rows: Sequence[Row]) -> str:
    cells = [
        (
            *(row["sort"], row["program"], f"{row['there']:,}"),
            *(f"{row[name]:.1f}" for name in ("ok", "wrong", "lost")),
            *(f"{row['absent']:,}", f"{row['false']:.1f}"),
        )
        for row in rows
    ]
    heads = ["", "program", "there", "found %", "wrong %", "lost %", "deleted", "false %"]
    return _table(heads, cells)


def _conflicts(rows: Sequence[Row]) -> str:
    names = ("conflicts", "changes", "lost", "marks_lost")
    cells = [(row["program"], *(f"{row[name]:,}" for name in names)) for row in rows]
    return _table(["", "conflicts", "changes", "lost", "marks among them"], cells)


def _reader(rows: Sequence[Row]) -> dict[str, object]:
    cells = [(row["program"], *(f"{row[name]:.1f}" for name in READER)) for row in rows]
    first = {row["program"]: row["first text"] for row in rows}
    sooner = [name for name, value in first.items() if value < first[OURS]]
    return {
        "reader": _table(["", *READER.values()], cells),
        "sooner": " and ".join(sooner) or "none of the others",
    }


def _drawn(panels: Sequence[Panel]) -> str:
    lines, top = [], 12
    room = WIDTH - LABEL - VALUE - 40
    for panel in panels:
        lines.append(_text(20, top + 16, panel.title, "head"))
        lines.append(_text(20, top + 34, panel.note, "small"))
        top += HEAD
        most = max(bar.value for bar in panel.bars) or 1
        for bar in panel.bars:
            kind = "ours" if bar.name.startswith(OURS) else "bar"
            width = max(2, round(room * bar.value / most))
            lines.append(_text(20 + LABEL - 10, top + 13, bar.name, "end"))
            place = f'x="{20 + LABEL}" y="{top}" width="{width}" height="{BAR}"'
            lines.append(f'<rect class="{kind}" {place} rx="2"/>')
            lines.append(_text(20 + LABEL + width + 8, top + 13, bar.words))
            top += BAR + GAP
        top += 18
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        f'aria-label="{escape("; ".join(panel.title for panel in panels))}"><style>{STYLE}</style>'
        f'<rect class="paper" width="{WIDTH}" height="{top}" rx="6"/>{"".join(lines)}</svg>\n'
    )


def _text(x: int, y: int, words: str, kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{attribute}>{escape(words)}</text>'


if __name__ == "__main__":
    write()
