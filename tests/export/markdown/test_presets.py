"""Notes for Obsidian, Logseq, Org and others: what each of them reads, and their merges."""

import re
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from annotator.errors import InvalidInput, SettingsError
from annotator.export.collection import LinkedMark
from annotator.export.exporters import NoteSource
from annotator.export.markdown.front_matter import Literal
from annotator.export.markdown.note import note_exporter, write_note
from annotator.export.markdown.note_facts import CALLOUTS, STATUS_CALLOUTS
from annotator.export.markdown.presets import PRESETS, preset_named, read_yaml
from annotator.model import (
    DEFAULT_KINDS,
    Anchored,
    AnchoredMark,
    ArticleRecord,
    Block,
    Claim,
    Link,
    Mark,
    Orphan,
    Span,
)
from annotator.model.claim import CLAIM_FIELDS
from annotator.settings.settings import PRESET_NAMES
from builders import find_span, make_annotation, make_article

OF_OBSIDIAN = {
    *("note", "abstract", "info", "todo", "tip", "success", "question", "warning", "failure"),
    *("danger", "bug", "example", "quote"),
}
COST = "The bridge cost four million crowns in the end."
MAYOR = "The mayor says that it will pay for itself."
ARTICLE = make_article(f"{COST}\n\n{MAYOR}", title="A bridge")
RECORD = ArticleRecord(
    ARTICLE.id,
    "https://example.org/a",
    "A bridge",
    byline=("Ada Lund",),
    site_name="The Paper",
    access="paywalled",
    tags=("town/roads", "money"),
    added=datetime(2026, 3, 14, tzinfo=UTC),
)
CLAIM = Claim(speaker="Ada *Lund*", said_on="2024-04-30", status="refuted")
MARK = make_annotation(
    ARTICLE,
    COST,
    id="01aa",
    kind="claim",
    tags=["money/lost"],
    note="* Mine\n\nSee it.",
    claim=CLAIM,
    links=[
        Link("supports", "01bb"),
        Link("informs", "01cc"),
        Link("opposes", "https://c.example/"),
    ],
)
OTHER = make_annotation(ARTICLE, MAYOR, id="01bb", kind="highlight")
ELSEWHERE = LinkedMark(
    replace(RECORD, id="elsewhere"),
    make_annotation(make_article("What the other says"), "What the other says", id="01cc"),
)


def source(*marks, article=ARTICLE, record=RECORD, **options):
    places = [AnchoredMark(each, Anchored(find_span(article.text, each.quote))) for each in marks]
    options = {"notes": {"01cc": "Other note"}, "linked": {"01cc": ELSEWHERE}} | options
    return NoteSource(article=article, placed=places, record=record, **options)


def written(name, *marks, **options):
    return write_note(source(*marks, **options), preset_named(name)).text


def test_the_settings_have_the_same_presets():
    assert tuple(PRESETS) == PRESET_NAMES
    with pytest.raises(InvalidInput, match="Unknown preset: obsidan"):
        preset_named("obsidan")


def test_every_kind_and_status_has_a_callout_of_obsidian():
    [status] = [field for field in CLAIM_FIELDS if field.name == "status"]
    assert {*CALLOUTS.values(), *STATUS_CALLOUTS.values()} <= OF_OBSIDIAN
    assert {kind.name for kind in DEFAULT_KINDS} == set(CALLOUTS)
    assert {"open", *STATUS_CALLOUTS} == set(status.choices)


def test_obsidian_has_callouts_and_links_in_both_directions():
    note = written("obsidian", MARK, OTHER)
    assert "> [!failure] Claim · refuted\n> The bridge cost" in note
    assert "> [!quote] Highlight\n> The mayor" in note
    assert "> [!warning] The rest of the article is behind a paywall.\n" in note
    assert "- informs:: [[Other note#^a-01cc|What the other says]]\n" in note
    assert f"- supported-by:: [[#^a-01aa|{COST}]]\n" in note


def test_links_of_marks_of_other_articles_are_shown_on_their_targets():
    against = replace(ELSEWHERE.annotation, links=(Link("opposes", "01bb", "not so"),))
    linked = {"01cc": replace(ELSEWHERE, annotation=against)}
    note = written("obsidian", OTHER, linked=linked)
    assert "- opposed-by:: [[Other note#^a-01cc|What the other says]] — not so\n" in note


def test_a_title_that_cannot_name_a_file_is_an_alias():
    assert "aliases" not in written("obsidian", MARK)
    odd = written("obsidian", MARK, record=replace(RECORD, title="What? A bridge: why"))
    assert 'aliases: ["What? A bridge: why"]\n' in odd


def test_formulas_and_pictures_in_a_quotation_stay_what_they_are():
    blocks = (
        Block("paragraph", "Then $x_1 < 2$ *holds*.", marks=(Mark("formula", Span(5, 14)),)),
        Block("image", "Sales", source="https://e.example/c.png", alternative="A chart"),
    )
    article = replace(ARTICLE, blocks=blocks)
    mark = make_annotation(article, article.text, id="01aa")
    note = written("obsidian", mark, article=article)
    assert "> Then $x_1 \\lt  2$ \\*holds\\*.\n" in note
    assert ">\n> ![A chart](https://e.example/c.png)\n>\n> Sales\n" in note


def test_plain_markdown_has_neither_callouts_nor_wiki_links():
    note = written("plain", MARK, OTHER)
    assert "[!" not in note
    assert "[[" not in note
    assert ":: " not in note
    assert '<a id="a-01aa"></a>\n\n> The bridge cost' in note
    assert "**claim** · refuted · [in the article](https://example.org/a#" in note
    assert "- **Speaker:** Ada \\*Lund\\*\n" in note
    assert "- **informs** [What the other says](<Other note.md#a-01cc>)\n" in note
    assert f"- **supported by** [{COST}](#a-01aa)\n" in note


def test_logseq_has_properties_and_everything_in_bullets():
    note = written("logseq", MARK, OTHER)
    head, _, body = note.partition("\n\n")
    assert "title:: A bridge\n" in head
    assert "tags:: town/roads, money\n" in head
    assert f"annotator-id:: {ARTICLE.id}" in head
    assert all(line.startswith(("- ", "  ", "\t")) for line in body.splitlines() if line)
    ids = re.findall(r"^  id:: ([0-9a-f-]{36})$", body, re.MULTILINE)
    assert len(set(ids)) == 2
    assert f"  supports:: (({ids[1]}))\n" in body
    assert f"  supported-by:: (({ids[0]}))\n" in body
    assert "  status:: refuted\n" in body
    assert "\t- * Mine\n\n\t  See it.\n" in body


def test_a_property_of_logseq_links_to_nothing():
    odd = replace(RECORD, title="Of [[x]] ((y)) #z", url="https://a.example/#top", tags=())
    note = write_note(source(MARK, record=odd), preset_named("logseq")).text
    assert note.startswith(
        "title:: Of [\u200b[x]] (\u200b(y)) #\u200bz\nsource:: https://a.example/#top\n"
    )


def test_org_has_drawers_tags_and_links_by_custom_id():
    note = written("org", MARK, OTHER)
    assert note.startswith("#+title: A bridge\n#+url: https://example.org/a\n")
    assert "#+filetags: :town_roads:money:\n" in note
    assert "\n* A bridge\n" in note
    assert "** Claim: The bridge cost four million crowns in the end. :money_lost:\n" in note
    assert ":PROPERTIES:\n:CUSTOM_ID: a-01aa\n" in note
    assert ":STATUS: refuted\n:END:\n#+begin_quote\n" in note
    assert "- informs :: [[file:Other note.org::#a-01cc][What the other says]]\n" in note
    assert f"- supported-by :: [[#a-01aa][{COST}]]\n" in note
    assert re.findall(r"^\*+ ", note, re.MULTILINE) == ["* ", "** ", "** "]


@pytest.mark.parametrize("name", PRESETS)
def test_a_note_is_recognised_and_merged_in_every_preset(name):
    exporter = note_exporter(preset_named(name))
    first = exporter.write_note(source(MARK, OTHER))
    assert exporter.identity_of(first.text) == ARTICLE.id
    assert set(exporter.parts_of(first.text)) == {"01aa", "01bb"}
    again = source(MARK, OTHER, before=first.text, memory=first.memory)
    assert exporter.write_note(again).text == first.text
    mine = first.text.replace("See it.", "See it now.")
    changed = replace(RECORD, title="The bridge", tags=("money", "new"))
    marks = (MARK, replace(OTHER, tags=("later",)))
    merged = exporter.write_note(source(*marks, record=changed, before=mine, memory=first.memory))
    assert "See it now." in merged.text
    assert merged.outcomes == {"01aa": "same", "01bb": "updated"}
    head = merged.text[: preset_named(name).head.end(merged.text)]
    assert "The bridge" in head
    assert "new" in head
    assert "town" not in head
    gone = source(MARK, before=merged.text, memory=merged.memory, deleted={"01bb": "2026-03-15"})
    assert "Deleted in annotator on 2026-03-15." in exporter.write_note(gone).text


@pytest.mark.parametrize("name", ["logseq", "org"])
def test_properties_that_the_user_changed_stay(name):
    first = write_note(source(MARK), preset_named(name))
    line = {"logseq": "title:: A bridge", "org": "#+title: A bridge"}[name]
    own = {"logseq": "title:: Mine\nrating:: 5", "org": "#+title: Mine\n#+rating: 5"}[name]
    mine = first.text.replace(line, own)
    for memory in (first.memory, None):
        kept = source(MARK, record=replace(RECORD, title="New"), before=mine, memory=memory)
        text = write_note(kept, preset_named(name)).text
        assert text.startswith(own)
    odd = first.text.replace(line, f"{line}\u2028on")
    more = source(MARK, record=replace(RECORD, excerpt="New"), before=odd, memory=first.memory)
    assert f"{line}\u2028on\n" in write_note(more, preset_named(name)).text
    removed = first.text.partition("\n\n")[2]
    again = source(MARK, before=removed, memory=first.memory)
    assert write_note(again, preset_named(name)).text == removed


@pytest.mark.parametrize("name", PRESETS)
def test_text_of_pages_cannot_end_a_block_or_make_another(name):
    hostile = "<!-- annotator:end 01aa -->\n# annotator:end 01aa\n* head\n#+end_quote\n:END:"
    article = make_article(f"Before.\n\n{hostile}\n\nAfter.", title="* x\n#+a: b\nq:: r [[y]]")
    mark = replace(make_annotation(article, "Before."), id="01aa", note=hostile, kind=hostile)
    record = replace(RECORD, id=article.id, title=article.title, excerpt=hostile)
    lost = NoteSource(article=article, placed=[AnchoredMark(mark, Orphan())], record=record)
    note = write_note(lost, preset_named(name)).text
    exporter = note_exporter(preset_named(name))
    comment = r"^# annotator:" if name == "org" else r"(?<!\\)<!-- annotator:"
    body = note[preset_named(name).head.end(note) :]
    assert len(re.findall(rf"{comment}(?:begin|end) \S+", body, re.MULTILINE)) == 2
    again = exporter.write_note(
        NoteSource(
            article=article, placed=[AnchoredMark(mark, Orphan())], record=record, before=note
        )
    )
    assert again.text == note
    assert not again.problems


@pytest.mark.parametrize(
    ("name", "marked"), [("obsidian", "==four=="), ("plain", "<mark>four</mark>")]
)
def test_the_whole_text_has_the_marks_in_place_and_notes_as_footnotes(name, marked):
    part = replace(make_annotation(ARTICLE, "four", id="01cc"), note="How\nmany?")
    exporter = note_exporter(preset_named(name))
    first = exporter.write_note(source(part, OTHER, has_text=True))
    assert "\n## Text\n" in first.text
    assert f"The bridge cost {marked}[^a-01cc] million crowns in the end.\n" in first.text
    assert "\n[^a-01cc]: How\n    many?\n" in first.text
    assert marked.replace("four", MAYOR) in first.text
    assert first.outcomes == {"01cc": "new", "01bb": "new"}
    again = exporter.write_note(source(part, OTHER, before=first.text, memory=first.memory))
    assert again.text == first.text
    assert again.outcomes == {"01cc": "same", "01bb": "same"}
    assert not again.problems
    edited = first.text.replace("in the end.\n", "in the end. So it is.\n")
    last = exporter.write_note(source(part, before=edited, memory=first.memory))
    text = last.text.partition("## Text")[2]
    assert "in the end. So it is.\n" in text
    assert f"\n\n{MAYOR}\n" in text  # which is not marked any more
    assert "Newer version" not in text
    for memory in (None, last.memory):  # a newer version of the whole would double the text
        unknown = exporter.write_note(source(OTHER, before=edited, memory=memory))
        assert unknown.text.count("The bridge cost") == 1
        assert "So it is." in unknown.text


@pytest.mark.parametrize("name", ["logseq", "plain"])
def test_a_note_of_another_look_gets_the_new_one_where_it_was_not_edited(name):
    old = write_note(source(MARK, OTHER), preset_named("obsidian"))
    mine = old.text.replace("See it.", "See it now.")
    for memory, outcome in ((old.memory, "updated"), (None, "conflict")):
        new = write_note(source(MARK, OTHER, before=mine, memory=memory), preset_named(name))
        assert new.outcomes == {"01aa": outcome, "01bb": "updated"}
        assert "See it now." in new.text
        assert "[!quote] Highlight" not in new.text
        assert ("Newer version" in new.text) == (outcome == "conflict")
        again = source(MARK, OTHER, before=new.text, memory=new.memory)
        assert write_note(again, preset_named(name)).text == new.text


@pytest.mark.parametrize(("first", "then"), [("obsidian", "logseq"), ("logseq", "plain")])
def test_a_note_for_another_program_is_written_for_this_one_with_all_of_the_users(first, then):
    old, new = preset_named(first), preset_named(then)
    note = write_note(source(MARK, OTHER), old)
    before = note.text.replace("site: ", "mine: 5\nsite: ").replace("site:: ", "mine:: 5\nsite:: ")
    before = before.replace("The Paper", "My paper").replace("> The mayor", "> THE mayor")
    before += "\nAt the end.\n"
    given = source(MARK, OTHER, before=before, memory=note.memory)
    after = write_note(given, new)
    assert new.head.end(after.text)
    assert not old.head.end(after.text)
    assert new.head.identity_of(after.text) == RECORD.id
    values = new.head.read(after.text, {})
    assert (values["site"], values["mine"]) == ("My paper", "5")
    assert after.outcomes == {"01aa": "updated", "01bb": "updated"}
    assert after.text.lower().count("> the mayor says") == 1
    assert "> THE mayor" in after.text
    assert after.text.endswith("\nAt the end.\n")
    again = write_note(replace(given, before=after.text, memory=after.memory), new)
    assert (again.text, set(again.outcomes.values())) == (after.text, {"same"})


def test_a_round_of_all_presets_leaves_one_copy_with_what_the_user_wrote():
    note = write_note(source(MARK, OTHER), preset_named("obsidian"))
    text = note.text.replace("> The mayor", "> THE mayor").replace("See it.", "See it now.")
    for name in ("logseq", "plain", "obsidian", "logseq", "obsidian"):
        note = write_note(source(MARK, OTHER, before=text, memory=note.memory), preset_named(name))
        text = note.text
        assert not note.problems
        assert "Newer version" not in text
        assert text.count("THE mayor says") == text.count("See it now.") == 1
        assert text.count("> The bridge cost") == 1
        assert "See it.\n" not in text
        assert len(re.findall(r"annotator:begin", text)) == 2
    assert text.count("[!failure]") == text.count("[speaker:: ") == 1
    assert "id::" not in text
    comments = re.findall(r"^(.*)<!-- annotator:(?:begin|end)", text, re.MULTILINE)
    assert comments == [""] * 4  # one below a bullet would be code


def test_properties_with_comments_are_not_written_for_another_program():
    first = write_note(source(MARK), preset_named("obsidian"))
    note = first.text.replace("site:", "# mine\nsite:").replace("See it.", "See it now.")
    left = write_note(source(MARK, before=note, memory=first.memory), preset_named("logseq"))
    assert left.text == note
    assert "It was left as it is." in left.problems[0]
    newer = replace(MARK, claim=replace(MARK.claim, status="disputed"))
    merged = write_note(
        source(newer, before=left.text, memory=left.memory), preset_named("obsidian")
    )
    assert merged.outcomes == {"01aa": "updated"}
    assert "[!warning] Claim · disputed" in merged.text
    assert "See it now." in merged.text


def test_what_a_template_of_properties_writes_is_read_as_values():
    text = "a: 1\nb: [1, null, x]\nc: 1.5\nd: .inf\ne: 2024-05-01T10:00:00\nf:\n1: true"
    values = read_yaml(text, "properties.jinja")
    assert values == {
        "a": "1",
        "b": ["1", "x"],
        "c": "1.5",
        "d": "inf",
        "e": "2024-05-01 10:00:00",
        "f": "",
        "1": "true",
    }
    literals = [name for name, value in values.items() if isinstance(value, Literal)]
    assert literals == ["a", "c", "1"]
    assert read_yaml("", "properties.jinja") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: [2", "does not make YAML: .*, in line 2 of what it writes"),
        ("a: {b: 1}", "properties.jinja: a has more than a value"),
        ("a: [[1]]", "properties.jinja: a has more than a value"),
        ("- a", "does not make properties"),
    ],
)
def test_what_is_no_value_is_told_with_its_place(text, said):
    with pytest.raises(SettingsError, match=said):
        read_yaml(text, "properties.jinja")


def test_an_unknown_preset_is_told_with_the_ones_there_are():
    with pytest.raises(InvalidInput, match="Did you mean “logseq”"):
        preset_named("logsek")
    with pytest.raises(InvalidInput, match="Choose one of: obsidian, logseq, org, plain"):
        preset_named("qqqqq")
