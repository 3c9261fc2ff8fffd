"""The output of every format and every look of notes for varied articles."""

import itertools
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.export import exporters
from annotator.export.collection import Reviewer
from annotator.export.exporters import NoteSource
from annotator.export.markdown.digest import (
    DigestGroup,
    DigestMark,
    DigestSource,
    Evidence,
    write_digest,
)
from annotator.export.markdown.note import write_elsewhere, write_note
from annotator.export.markdown.presets import PRESETS
from annotator.model import Block
from builders import make_article
from collecting import record_of, varied_article, varied_collection
from goldens import check_goldens

HERE = Path(__file__).parent / "goldens"
OWN = re.compile(r"(<(style|script)>).*?(</\2>)|'sha256-[^']*'", re.DOTALL)  # files of their own
BLOCKS = """# One heading

It *is* [late] & <cold>, `so` to_say: 1. #tag ^x $5 and $6.

- An item
- 2. Another | one

> A quote
> of two lines

```python
if a < b:
    print("```")
```

1. First
2. Second

https://example.org/a_b_c is an address. +1, -1, ==so== ~~no~~ \\ end
"""


@pytest.fixture(autouse=True)
def _same_ids(monkeypatch):
    """Give marks the same ids, whichever tests ran before."""
    monkeypatch.setattr("builders._numbers", itertools.count(1))


def source_of(article, **values):
    return NoteSource(
        article=article.extraction.article,
        placed=article.marks,
        record=article.record,
        linked=article.linked,
        **values,
    )


def test_every_format_writes_a_varied_collection_as_it_ever_did(request):
    outputs = {}
    for name in exporters.built_in_formats("collection"):
        exporter, told = exporters.exporter(name), []
        reviewer = Reviewer("The Desk", "https://desk.example/")
        collection = replace(
            varied_collection(), tell=told.append, reviewer=reviewer, query="kind:claim"
        )
        text = "".join(exporter.write_collection(collection))
        told = "".join(f"told: {sentence}\n" for sentence in told)
        outputs[f"{name}{exporter.suffix}"] = OWN.sub(r"\1\3", text) + told
    check_goldens(request, HERE / "formats", outputs)


@pytest.mark.parametrize("name", PRESETS)
def test_every_look_of_notes_writes_a_varied_article_as_it_ever_did(name, request):
    preset, article = PRESETS[name], varied_article()
    first = write_note(source_of(article), preset)
    names = {mark.annotation.id: f"Note {n}" for n, mark in enumerate(article.marks)}
    outputs = {
        "note": first.text,
        "with text": write_note(source_of(article, has_text=True, notes=names), preset).text,
    }
    # What the user and the program changed since, in the same note.
    ids = [mark.annotation.id for mark in article.marks]
    edited = first.text.replace("Ann Lee", "Ann M. Lee").replace("which doubled", "WHICH doubled")
    edited = f"{edited}\nMine.\r\n" if name == "org" else f"{edited}\nMine.\n"
    changed = [
        replace(mark, annotation=replace(mark.annotation, note=f"{mark.annotation.note} Now."))
        for mark in article.marks[:4]
    ]
    later = replace(article, marks=changed, record=replace(article.record, tags=("law",)))
    again = {"before": edited, "memory": first.memory, "deleted": {ids[4]: "2026-05-01"}}
    for label, options in (("changed", {}), ("pruned", {"prunes": True})):
        note = write_note(source_of(later, **again, **options), preset)
        said = f"{dict(note.outcomes)}\n{note.kept}\n{note.problems}\n{dict(note.away)}\n"
        outputs[label] = f"{note.text}\n{said}"
    elsewhere = {"before": f"Moved.\n\n{first.text}", "elsewhere": {ids[1]: "b.md"}}
    moved = write_elsewhere(source_of(later, memory=first.memory, **elsewhere), preset)
    outputs["elsewhere"] = f"{moved.text}\n{dict(moved.outcomes)}\n{moved.problems}\n"
    check_goldens(request, HERE / name, outputs)


@pytest.mark.parametrize("name", PRESETS)
def test_every_look_of_digests_writes_varied_marks_as_it_ever_did(name, request):
    article, other = varied_article(), varied_article(number=2, lost=0)
    marks = [mark.annotation for mark in (*article.marks, *other.marks)]
    evidence = (
        Evidence(1, "supports", marks[1], article.record, note="by a survey", remark="a circle"),
        Evidence(2, "opposes", record=other.record, address="https://example.org/x", note="No."),
        Evidence(1, "same-as", address="https://example.org/y_(z)"),
        Evidence(1, "opposes", address="javascript:alert(1)"),
    )
    groups = [
        DigestGroup("energy", "Energy & *more*", [DigestMark(marks[0], article.record, evidence)]),
        DigestGroup(
            "", "", [DigestMark(mark, other.record, backing="By 2.") for mark in marks[5:]]
        ),
    ]
    source = DigestSource(
        identity="tag:energy",
        title="A [digest]",
        query="kind:claim *x*",
        groups=groups,
        notes={other.record.id: "A note"},
        today="2026-05-01",
    )
    first = write_digest(source, PRESETS[name])
    changed = first.text.replace("By 2.", "By two.").replace("A [digest]", "My digest")
    fewer = replace(source, groups=groups[1:], before=changed, memory=first.memory)
    outputs = {
        "digest": first.text,
        "fewer": write_digest(fewer, PRESETS[name]).text,
        "empty": write_digest(replace(source, groups=[], query=""), PRESETS[name]).text,
    }
    check_goldens(request, HERE / f"digests-of-{name}", outputs)


@pytest.mark.parametrize("name", exporters.built_in_formats("article"))
def test_blocks_of_every_kind_are_written_as_they_ever_were(name, request):
    article = make_article(BLOCKS, title="*A* title", byline=("Ann Lee",), published="2026-03-01")
    more = (
        Block("image", "A map", source="https://example.org/a b.png", alternative="A map"),
        Block("image", "", source="javascript:alert(1)"),
        Block("heading", "Deep", level=6),
        Block("list_item", "Nested", depth=2),
        Block("list_item", "Deeper", depth=3, ordinal=4),
        Block("quote", "Twice quoted", quote_depth=2),
        Block("footnote", "A footnote.", label="1"),
        Block("embed", "A film", label="Video", source="https://example.org/film"),
        Block("table", "a\tb\n1\t2", header_rows=1),
        Block("rule", ""),
    )
    article = replace(article, blocks=(*article.blocks, *more))
    record = record_of(article)
    text = exporters.exporter(name).render_article(article)
    outputs = {f"blocks of {name}": OWN.sub(r"\1\3", text)}
    if name == "markdown":
        for look, preset in PRESETS.items():
            source = NoteSource(article=article, placed=(), record=record, has_text=True)
            outputs[f"blocks of {look}"] = write_note(source, preset).text
    check_goldens(request, HERE / f"blocks-{name}", outputs)
