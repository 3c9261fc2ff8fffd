"""What cleaning makes of a page changes only with the number of its version.

Users' articles are cleaned again where that number is newer than theirs. The goldens hold
the text of each page and what was removed from it, for the sample articles and for pages
that were written for one step of cleaning each. Whether an outcome is right is not said
here: see wanted_samples.py for that.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import fields

from annotator.extract import EXTRACTOR, extract, pipeline
from annotator.extract.steps import CHOICE, CLEANING
from annotator.model import HTML, NO_OVERRIDES, PLAIN_TEXT, Block, Extraction, Page
from annotator.model.overrides import name_of
from annotator.model.site_rules import Selector, SiteRule
from goldens import check_goldens
from wanted_samples import WANTED

SAMPLES = Path(__file__).parents[2] / "sample_articles"
PAGES = Path(__file__).parent / "golden_pages"
GOLDENS = Path(__file__).parent / "goldens"
URL = "https://post.example/2031/05/story"
FACTS = (
    "title",
    "byline",
    "site_name",
    "published",
    "modified",
    "language",
    "excerpt",
    "lead_image",
    "canonical_url",
)

# What some steps are given beside the page.
GIVEN = {
    "site": {
        "rules": (
            SiteRule(
                "post.example",
                keep=(Selector(".related-box"),),
                remove=(Selector(".promo-card"),),
                strip=("Our readers ask, we answer: *",),
            ),
        )
    },
    "shared": {
        "repeated": (name_of("The Askwold Post is made by nine people in a former dairy."),)
    },
    "reader": {
        "choices": NO_OVERRIDES.keeping([name_of("Advertisement")]).removing(
            [
                name_of(
                    "Under the third board she found the stones, still in their bed of oak, with "
                    "the marks of the last dresser cut into the rim."
                )
            ]
        )
    },
}


def samples() -> Iterator[tuple[str, Extraction]]:
    for name, wanted in WANTED.items():
        path = SAMPLES / name
        media_type = HTML if path.suffix == ".html" else PLAIN_TEXT
        yield name, extract(Page(wanted.url, path.read_text("utf-8"), media_type))


def page_of(step: str) -> Path:
    (path,) = PAGES.glob(f"{step}--*.html")
    return path


def cleaned(step: str) -> Extraction:
    page = Page(URL, page_of(step).read_text("utf-8"))
    return extract(page, **GIVEN.get(step, {}))


def told(extraction: Extraction) -> str:
    """Return an extraction as lines: facts, then blocks (+) and removals (-) in their order."""
    return "\n".join(_lines(extraction)) + "\n"


def _lines(extraction: Extraction) -> Iterator[str]:
    article, completeness = extraction.article, extraction.completeness
    for name in FACTS:
        if value := getattr(article, name):
            yield f"{name}: {value if isinstance(value, str) else ', '.join(value)}"
    yield f"access: {completeness.access}"
    yield from (f"evidence: {said}" for said in completeness.evidence)
    for place, block in enumerate([*article.blocks, None]):
        for removal in extraction.removals:
            if removal.before == place:
                yield _entry(f"- {removal.step}/{removal.rule}", removal.text)
        if block is not None:
            yield _entry(f"+ {_kind(block)}", block.text)
            for mark in block.marks:
                yield f"    {mark.kind} {mark.span.of(block.text)!r} {mark.href}".rstrip()


def _entry(label: str, text: str) -> str:
    first, *rest = f"{label}: {text}".splitlines()
    return "\n".join(line.rstrip() for line in [first, *(f"  | {line}" for line in rest)])


def _kind(block: Block) -> str:
    told = (
        f"{field.name}={value}"
        for field in fields(block)
        if field.name not in {"kind", "text", "marks"}
        and (value := getattr(block, field.name)) != field.default
    )
    return " ".join([block.kind, *told])


STEPS = [step.name for step in (*CHOICE, *CLEANING)]


def test_the_outcome_is_that_of_the_version(request):
    outputs = {f"{name}.txt": told(extraction) for name, extraction in samples()}
    outputs |= {f"{page_of(step).name}.txt": told(cleaned(step)) for step in STEPS}
    outputs["steps.txt"] = "\n".join([*STEPS, ""])  # a new one cleans pages that no other has
    check_goldens(
        request,
        GOLDENS,
        outputs,
        version=EXTRACTOR,
        numbers="EXTRACTOR in src/annotator/model/extraction.py",
    )


@pytest.mark.parametrize("step", STEPS)
def test_each_step_has_a_page_that_needs_it(step, monkeypatch):
    """A page that comes out the same without its step would not notice that the step is gone."""
    outcome = told(cleaned(step))
    for table in ("CHOICE", "CLEANING"):
        rows = tuple(row for row in getattr(pipeline, table) if row.name != step)
        monkeypatch.setattr(pipeline, table, rows)
    assert told(cleaned(step)) != outcome
