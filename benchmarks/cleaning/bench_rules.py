#!/usr/bin/env python3
"""Measure what each rule of cleaning is worth: switch it off, and compare.

    bench_rules.py CORPORA --folds FOLDER             all rules
    bench_rules.py CORPORA --folds FOLDER --rule ...  those whose names contain a word

CORPORA and FOLDER are as for `bench_extraction.py`. A line has the change of F1,
without captions, from the program without the rule to the program with it, of
some corpora and as a mean over all of them with its interval of 95 %; and how
many pages the rule helps and hurts by more than .1. What the scorer learned
stays the same, so a rule whose verdicts are features of it is worth a little
less than it seems.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple
from unittest.mock import patch

from lxml.html import fromstring

from annotator.extract import pipeline, steps
from annotator.extract.choice import containers, decide, rules
from annotator.extract.choice.scorer import decisions, features
from annotator.extract.families import FAMILIES
from annotator.extract.residue import endings, lines
from scorer_corpora import FOLDS, Sample, read_corpora
from scorer_metrics import Bootstrap, Score, interval_of, quality_of_scores, score_of
from scorer_pages import Page, read_page

MUCH = 0.1  # of the F1 of a page
NO_TREE = fromstring("<html></html>")  # readability-lxml has read the pages before
SHOWN = ("article-extraction-benchmark", "fundus", "hand-cleaned", "trafilatura", "postlight")


class Switch(NamedTuple):
    """A rule that can be switched off: an attribute of a module, and what to put in its place."""

    name: str
    module: Any
    attribute: str
    off: Any
    is_late: bool = False  # it works on the chosen passages, and does not change the choice
    family: str = ""  # of residue; only pages with such containers are changed


def main() -> None:
    """Print a line for each rule."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--rule", nargs="+", default=[""], metavar="WORD")
    options = parser.parse_args()
    if options.corpora is None or options.folds is None:
        print("rules: name a folder of corpora and one of weights to measure what they are worth.")
        return
    pages = [read_page(sample) for sample in read_corpora(options.corpora)]
    plain = (json.loads((options.folds / f"{fold}.json").read_text()) for fold in range(FOLDS))
    bench = _Bench(pages, [features.read_forest(each) for each in plain])
    print(f"{'':28}" + "".join(f"{corpus[:12]:>13}" for corpus in SHOWN) + "   mean", flush=True)
    for switch in switches():
        if any(word in switch.name for word in options.rule):
            with patch.object(switch.module, switch.attribute, switch.off):
                bench.print_gain(switch)


def switches() -> Iterator[Switch]:
    """Yield all rules that can be switched off."""
    for step in steps.CLEANING:
        others = tuple(other for other in steps.CLEANING if other is not step)
        yield Switch(step.name, pipeline, "CLEANING", others, is_late=True)
    for name in ("_cut_tail", "_remove_author_notes", "_remove_last_links"):
        yield Switch(name, endings, name, _nothing, is_late=True)
    yield Switch("reveal hidden prose", rules, "_reveal", _nothing)
    yield Switch("restore leads", rules, "_restore_leads", _nothing)
    yield Switch("named bodies", decide, "named_bodies", _no_indices)
    yield Switch("readability in doubt", decide, "MOST_UNCERTAINTY", 2)
    for step in steps.CHOICE[1:]:
        others = tuple(other for other in steps.CHOICE if other is not step)
        yield Switch(step.name, steps, "CHOICE", others)
    yield Switch("smoothing by context", decisions, "smoothed_by_context", _unchanged)
    yield Switch("rules have the last word", decisions, "_is_left_to_rules", _no)
    yield Switch("all containers", containers, "container_rule", _nothing)
    yield Switch("teasers", containers, "_teasers", _no_indices)
    yield Switch("containers of one name", containers, "_too_many", _no_names)
    yield Switch("large containers", containers, "_believed", _first)
    yield Switch("containers by tag", containers, "_BY_TAG", {})
    yield Switch("rows of links", lines, "_link_hit", _nothing, is_late=True)
    for family in FAMILIES:
        off = _without(containers.container_rule, family.name)
        yield Switch(
            f"containers of {family.name}", containers, "container_rule", off, family=family.name
        )
    for family in FAMILIES:
        off = _without_hits(lines._hit_of, family.name)  # noqa: SLF001 - rules have no other handle
        yield Switch(f"lines of {family.name}", lines, "_hit_of", off, is_late=True)


def _without(judge: Callable[..., Any], family: str) -> Callable[..., Any]:
    def judged(*given: Any) -> Any:  # noqa: ANN401 - as the rule that it stands for
        rule = judge(*given)
        return None if rule and rule.step == family else rule

    return judged


def _without_hits(judge: Callable[..., Any], family: str) -> Callable[..., Any]:
    def judged(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the rule that it stands for
        hit = judge(*given, **named)
        return None if hit and hit.rule.step == family else hit

    return judged


def _nothing(*_: object, **__: object) -> None:
    """Stand for a rule that changes or finds something."""


def _no(*_: object) -> bool:
    return False


def _no_indices(*_: object) -> frozenset[int]:
    return frozenset()


def _no_names(*_: object) -> frozenset[str]:
    return frozenset()


def _first(rule: object, *_: object) -> object:
    return rule


def _unchanged(_: object, likely: object) -> object:
    return likely


class _Bench:
    """Pages with their scores by all rules, and what is known about them on the way there."""

    def __init__(self, pages: Sequence[Page], forests: Sequence[features.Forest]) -> None:
        self._pages = pages
        self._forests = forests
        self._choices: list[list[tuple[Any, float]]] = []
        self._families: list[frozenset[str]] = []
        self._scores = []
        for page in pages:
            self._decide(page)
            self._choices.append([(p.verdict, p.likelihood) for p in page.draft.passages])
            rules = containers.residue_containers(page.draft.regions)
            self._families.append(frozenset(rule.step for rule in rules if rule))
            self._scores.append(score_of(page.sample.truth, _cleaned(page)))

    def print_gain(self, switch: Switch) -> None:
        """Print a line about a rule that is switched off now."""
        _print_gain(
            switch.name,
            [page.sample for page in self._pages],
            self._scores,
            [self._without(number, switch) for number in range(len(self._pages))],
        )

    def _without(self, number: int, switch: Switch) -> Score:
        page = self._pages[number]
        if switch.family and switch.family not in self._families[number]:
            return self._scores[number]
        if switch.is_late:
            for passage, choice in zip(page.draft.passages, self._choices[number], strict=True):
                passage.verdict, passage.likelihood = choice
        else:
            self._decide(page)
        return score_of(page.sample.truth, _cleaned(page))

    def _decide(self, page: Page) -> None:
        forest = self._forests[page.sample.fold]
        for region, hidden in zip(page.draft.regions, page.hidden, strict=True):
            region.hidden = hidden
        with (
            patch.object(features, "learned_forest", lambda: forest),
            patch.object(decide, "_readable_regions", lambda *_: page.readable),
        ):
            steps.run(steps.CHOICE, steps.Cleaning(page.draft, page.facts, NO_TREE, page.thread))


def _cleaned(page: Page) -> str:
    """Return the text of a page that has been decided about, and leave its passages as they were.

    Captions are left out.
    """
    draft = page.draft
    passages = draft.passages
    before = [(passage.block, passage.linked) for passage in passages]
    blocks = pipeline.clean(steps.Cleaning(draft)).blocks
    draft.passages = passages
    for passage, (block, linked) in zip(passages, before, strict=True):
        passage.block, passage.linked = block, linked
    return "\n\n".join(block.text for block in blocks if block.kind != "image")


def _print_gain(
    name: str, samples: Sequence[Sample], on: Sequence[Score], off: Sequence[Score]
) -> None:
    gains: dict[str, float] = {}
    draws: list[list[float]] = []
    for corpus in dict.fromkeys(sample.corpus for sample in samples):
        places = [place for place, sample in enumerate(samples) if sample.corpus == corpus]
        with_it, without = ([scores[place] for place in places] for scores in (on, off))
        gains[corpus] = quality_of_scores(with_it).f1 - quality_of_scores(without).f1
        bootstrap = Bootstrap([samples[place].site for place in places])
        pairs = zip(bootstrap.f1s(with_it), bootstrap.f1s(without), strict=True)
        draws.append([a - b for a, b in pairs])
    low, high = interval_of(mean(each) for each in zip(*draws, strict=True))
    changes = [a.f1 - b.f1 for a, b in zip(on, off, strict=True)]
    helped, hurt = (sum(sign * change > MUCH for change in changes) for sign in (1, -1))
    cells = "".join(f"{gains.get(corpus, 0):+13.4f}" for corpus in SHOWN)
    whole = f"{mean(gains.values()):+.4f} [{low:+.4f}, {high:+.4f}]"
    print(f"{name:28}{cells}   {whole}  helps {helped:3}, hurts {hurt:3}", flush=True)


if __name__ == "__main__":
    main()
