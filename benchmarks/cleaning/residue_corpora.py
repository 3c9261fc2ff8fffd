"""Search corpora for residue in the output of cleaners, and for sentences that our rules lose."""

from collections import Counter
from collections.abc import Mapping, Sequence

from annotator.extract import extract
from annotator.extract.families import FAMILIES
from annotator.model.document import Page
from residue_cases import read_cases
from residue_tools import Tool, folded, lines_of
from scorer_corpora import Sample

LEAST_SENTENCE = 25  # characters: shorter lines are in many texts by chance
LABELLED = (":", "：")


def print_left(samples: Sequence[Sample], cleaners: Mapping[str, Tool]) -> None:
    """Print how many outputs hold a line of each family, word for word or as the label of one."""
    family_of = {folded(case.line): case.family for case in read_cases("residue_lines.txt")}
    left = {name: Counter[str]() for name in cleaners}
    for sample in samples:
        for name, tool in cleaners.items():
            text = tool(sample.url, sample.html)
            families = {family_of.get(key) for line in lines_of(text) for key in _keys(line)}
            left[name].update(family for family in families if family)
    print(f"\noutputs with residue, of {len(samples)}")
    print(f"{'':20}" + "".join(f"{name:>18}" for name in cleaners))
    for family in dict.fromkeys(family_of.values()):
        print(f"{family:20}" + "".join(f"{left[name][family]:18}" for name in cleaners))


def _keys(line: str) -> set[str]:
    return {line} | {line.partition(mark)[0].rstrip() for mark in LABELLED}


def print_lost(samples: Sequence[Sample]) -> None:
    """Print each line of a page's true article that a residue rule removed."""
    steps = {family.name for family in FAMILIES}
    lost: Counter[str] = Counter()
    print("\nlines of the truth that rules of residue took")
    for sample in samples:
        truth = folded(" ".join([sample.truth.text, *sample.truth.present]))
        extraction = extract(Page(sample.url, sample.html))
        shown = folded(extraction.article.text)
        for removal in extraction.removals:
            text = folded(removal.text)
            is_lost = len(text) >= LEAST_SENTENCE and text in truth and text not in shown
            if removal.step in steps and is_lost:
                lost[sample.corpus] += 1
                print(f"  {sample.corpus} {removal.step}/{removal.rule}: {removal.text[:100]}")
    print("  " + ", ".join(f"{corpus} {number}" for corpus, number in lost.items()))
