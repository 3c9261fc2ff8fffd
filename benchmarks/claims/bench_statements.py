"""Measure whether `cite` gives a plain footnote to what its source does not say.

`gold/statements` has six articles, two each in English, German and French, and a draft of 40
sentences in each language: `opposite` sentences turn a sentence of an article round or deny it,
`number` sentences have another number, share, day, month, year or unit, `right` ones say what an
article says, and `none` are in no article. They were written before the code that compares
statements. One half was used for tuning it, the other was looked at when it was done.

A footnote is plain if it says of nothing that it differs, and of no word that the passage lacks
it. `told` are sentences with a source whose footnote names a difference, `in part` those whose
footnote names words that only one of the two has.

`python benchmarks bench_statements [--held-out] [--errors]`
"""

import tempfile
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from annotator.extract import extract
from annotator.model import Page
from annotator.store import Library
from annotator.usecases.exporting.cite import CheckedSentence, cite, lacking, told
from bench_library import NOW

GOLD = Path(__file__).parent / "gold" / "statements"
KINDS = ("opposite", "number", "right", "none")


def main() -> None:
    """Print what is said of the sentences of each kind."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--held-out", action="store_true", help="use the half not used for tuning")
    parser.add_argument("--errors", action="store_true", help="show the sentences that are wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, state, cache = (Path(folder) / name for name in ("data", "state", "cache"))
        with Library.open(data, state=state, cache=cache) as library:
            for path in sorted(GOLD.glob("*.txt")):
                page = Page(
                    f"https://statements.example/{path.stem}",
                    path.read_text("utf-8"),
                    media_type="text/plain",
                )
                library.store(extract(page), page, now=NOW)
            for path in sorted(GOLD.glob("*.tsv")):
                _print_draft(library, path, is_held_out=options.held_out, errors=options.errors)


def _print_draft(library: Library, path: Path, *, is_held_out: bool, errors: bool) -> None:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    checked = cite(library, "\n\n".join(sentence for _, sentence in rows)).sentences
    counts: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    for (kind, text), sentence in zip(rows, checked, strict=True):
        if sentence.text != text:
            raise SystemExit(f"The draft has “{text}”, the program read “{sentence.text}”.")
        seen[kind] += 1
        if seen[kind] % 2 == is_held_out:
            continue
        outcome = _outcome(sentence)
        counts[kind, outcome] += 1
        is_wrong = outcome != {"right": "plain", "none": "no source"}.get(kind, "told")
        is_wrong &= (kind, outcome) != ("right", "in part")
        if errors and is_wrong:
            print(f"{kind:9}{outcome:10}{sentence.verdict:16}{text}")
            for source in sentence.sources:
                differences = " ".join(map(told, source.differences))
                print(f"{'':9}{source.score:.2f} {source.passage[:110]!r} {differences}")
    print(f"{path.stem}: of {sum(counts.values())} sentences", end="")
    print("; ".join(f" {kind}: {_told_of(kind, counts)}" for kind in KINDS))


def _outcome(sentence: CheckedSentence) -> str:
    if not sentence.sources:
        return "no source" if sentence.verdict == "no source" else "nothing"
    if any(source.differences for source in sentence.sources):
        return "told"
    return "in part" if any(map(lacking, sentence.sources)) else "plain"


def _told_of(kind: str, counts: Counter[tuple[str, str]]) -> str:
    outcomes = ("plain", "in part", "told", "no source", "nothing")
    return ", ".join(f"{counts[kind, name]} {name}" for name in outcomes if counts[kind, name])


if __name__ == "__main__":
    main()
