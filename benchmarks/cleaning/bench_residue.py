"""Compare cleaners by the residue that they leave in articles and the sentences that they lose.

The lines of `residue_lines.txt` and `residue_traps.txt` are put into pages one
at a time, and looked for in what comes out. With a folder of corpora (as
`scorer_corpora.py` describes them) their pages are used as well, and all of
them are searched for lines of residue. trafilatura is measured if installed.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from residue_cases import FORMS, PLACES, Case, Host, corpus_hosts, read_cases, sample_hosts
from residue_corpora import print_left, print_lost
from residue_tools import OURS, Tool, clean_plain_text, lines_of, tools
from scorer_corpora import read_corpora

LEFT = "residue left"
DATA = {LEFT: "residue_lines.txt", "traps kept": "residue_traps.txt"}
PLAIN = "plain text"
PROSE = (
    "The river had risen in the night, and by morning the lower field was a lake.",
    "My uncle looked at it for a while, then went back into the house to make the coffee.",
    "Nobody in the valley could remember the water as high as that, though the marks said so.",
    "It took nine days to fall, and when it had fallen the field was covered with a fine silt.",
)


def main() -> None:
    """Print a table for each place and kind of line, and one for the corpora."""
    options = _options()
    hosts = [*sample_hosts(), *(corpus_hosts(options.corpora) if options.corpora else [])]
    cleaners = {OURS: tools()[OURS]} if options.ours else tools()
    print(f"{len(hosts)} pages to put lines into")
    for title, name in DATA.items():
        cases = [case for case in read_cases(name) if options.half in {None, case.half}]
        for place in options.places:
            bench = _Bench(hosts, place, options.form)
            held = _print_table(title, cases, bench, cleaners)
            wrong = held if title == LEFT else frozenset(cases) - held
            for case in sorted(wrong if options.list else (), key=str):
                print(f"  {case.family} {case.language} {case.line}")
    if options.corpora and options.all:
        samples = list(read_corpora(options.corpora))
        print_left(samples, cleaners)
        print_lost(samples)


@dataclass(frozen=True)
class _Bench:
    """The pages, the place and the element that lines are put into."""

    hosts: Sequence[Host]
    place: str
    form: str

    def holds(self, case: Case, tool: Tool) -> bool:
        """Return whether a line that was put into a page is in the output of a cleaner."""
        if self.place == PLAIN:
            text = clean_plain_text("\n\n".join(["The flood", *PROSE[:2], case.line, *PROSE[2:]]))
            return _wanted(case) in _counted(text)
        host = self._host(case)
        html = host.holding(case.line, place=self.place, form=self.form)
        before = _bare(tool, host, self.place)
        return _counted(tool(host.url, html))[_wanted(case)] > before[_wanted(case)]

    def _host(self, case: Case) -> Host:
        """Return one of the pages in the language of the line, or else an English one."""
        own = [host for host in self.hosts if host.language == case.language]
        among = own or [host for host in self.hosts if host.language == "en"]
        return among[crc32(case.line.encode()) // 2 % len(among)]


@cache
def _bare(tool: Tool, host: Host, place: str) -> Counter[str]:
    return _counted(tool(host.url, host.bare(place)))


def _wanted(case: Case) -> str:
    return lines_of(case.line)[0]


def _counted(text: str) -> Counter[str]:
    return Counter(lines_of(text))


def _print_table(
    title: str, cases: Sequence[Case], bench: _Bench, cleaners: Mapping[str, Tool]
) -> frozenset[Case]:
    """Print how many lines of each family the outputs contain, and return those in ours."""
    used = {OURS: cleaners[OURS]} if bench.place == PLAIN else cleaners
    print(f"\n{title}, {bench.place}\n{'':20}{'lines':>7}", *(f"{name:>17}" for name in used))
    held = {name: [case for case in cases if bench.holds(case, used[name])] for name in used}
    for family in dict.fromkeys(case.family for case in cases):
        _print_row(family, [c for c in cases if c.family == family], held)
    _print_row("all", cases, held)
    return frozenset(held[OURS])


def _print_row(name: str, cases: Sequence[Case], held: Mapping[str, Sequence[Case]]) -> None:
    numbers = [sum(case in kept for case in cases) for kept in map(frozenset, held.values())]
    print(f"{name:20}{len(cases):7}", *(f"{number:17}" for number in numbers))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, help="folder of corpora")
    parser.add_argument("--all", action="store_true", help="search all pages of the corpora too")
    parser.add_argument("--half", choices=("a", "b"), help="the lines to tune on, or the others")
    parser.add_argument("--places", nargs="*", choices=(*PLACES, PLAIN), default=["middle", "end"])
    parser.add_argument("--form", choices=tuple(FORMS), default="p")
    parser.add_argument("--ours", action="store_true", help="without other cleaners")
    parser.add_argument("--list", action="store_true", help="name the lines that went wrong")
    return parser.parse_args()


if __name__ == "__main__":
    main()
