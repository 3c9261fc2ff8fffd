"""Blocks that the user or the library has changed, and the places of new ones."""

import pytest

from annotator.export.markdown.block_merge import NoteBlock, mentioned_blocks, merge_blocks
from annotator.export.markdown.block_syntax import LOGSEQ, ORG, lines_of, stamp_of

ONE, TWO, THREE = (
    NoteBlock(f"01{name}", f"> {words}")
    for name, words in (("aa", "It rained."), ("bb", "It snowed."), ("cc", "It thawed."))
)
LOST = NoteBlock("01zz", "> It hailed.", is_lost=True)
EXPORTED = {block.mark_id: block.body for block in (ONE, TWO, THREE, LOST)}
HEADING = "## Marks not found in the article\n"


def block(mark_id, body):
    begin = f"<!-- annotator:begin {mark_id} {stamp_of(body)} -->"
    return f"{begin}\n\n{body}\n\n<!-- annotator:end {mark_id} -->\n"


def note(*blocks, title="# Weather"):
    """Return a new note as it is written."""
    return "\n".join([f"{title}\n", *(block(each.mark_id, each.body) for each in blocks)])


NOTE = note(ONE, TWO)
MINE = NOTE.replace("It rained.", "It rained, I think.")
EMPTIED = NOTE.replace("\n> It rained.\n\n", "\n")


def test_a_new_note_has_its_blocks_in_order_with_empty_lines_between_them():
    merge = merge_blocks("# Weather\n", [ONE, TWO])
    assert (merge.text, merge.outcomes) == (NOTE, {"01aa": "new", "01bb": "new"})
    assert merge_blocks("# Weather", [ONE, TWO]).text == NOTE
    assert merge_blocks("", [ONE]).text == block("01aa", ONE.body)


def test_a_block_as_it_was_exported_is_replaced():
    merge = merge_blocks(NOTE, [NoteBlock("01aa", "> It poured."), TWO])
    assert merge.text == NOTE.replace(block("01aa", ONE.body), block("01aa", "> It poured."))
    assert merge.outcomes == {"01aa": "updated", "01bb": "same"}


def test_an_edited_block_of_a_mark_that_stayed_is_left_as_it_is():
    merge = merge_blocks(MINE, [ONE, TWO], exported=EXPORTED)
    assert (merge.text, merge.outcomes) == (MINE, {"01aa": "same", "01bb": "same"})


def test_a_mark_that_became_what_its_user_wrote_is_no_conflict():
    merge = merge_blocks(MINE, [NoteBlock("01aa", "> It rained, I think."), TWO])
    assert merge.text == note(NoteBlock("01aa", "> It rained, I think."), TWO)
    assert merge.outcomes == {"01aa": "same", "01bb": "same"}


@pytest.mark.parametrize("body", [ONE.body, "> It poured."])
def test_an_emptied_block_stays_empty_whatever_becomes_of_its_mark(body):
    merge = merge_blocks(EMPTIED, [NoteBlock("01aa", body), TWO], exported=EXPORTED)
    assert merge.text == EMPTIED.replace(stamp_of(ONE.body), stamp_of(body))
    assert merge.outcomes == {"01aa": "same", "01bb": "same"}
    gone = merge_blocks(EMPTIED, [TWO], deleted={"01aa": "2026-03-14"})
    assert (gone.text, gone.outcomes["01aa"]) == (EMPTIED, "same")


@pytest.mark.parametrize("before", [NOTE, EMPTIED])
def test_pruning_removes_the_block_of_a_deleted_mark_with_its_empty_line(before):
    merge = merge_blocks(before, [TWO], deleted={"01aa": "2026-03-14"}, prunes=True)
    assert merge.text == note(TWO)
    assert merge.outcomes == {"01aa": "removed", "01bb": "same"}


def test_a_deleted_mark_is_struck_through_and_dated_once():
    gone = merge_blocks(NOTE, [TWO], deleted={"01aa": "2026-03-14"})
    struck = "> ~~It rained.~~\n\n*Deleted in annotator on 2026-03-14.*"
    assert gone.text == note(NoteBlock("01aa", struck), TWO)
    assert gone.outcomes == {"01aa": "deleted", "01bb": "same"}
    later = merge_blocks(gone.text, [TWO], deleted={"01aa": "2026-03-15"})
    assert (later.text, later.outcomes["01aa"]) == (gone.text, "same")
    for exported in (None, EXPORTED):
        assert merge_blocks(gone.text, [ONE, TWO], exported=exported).text == NOTE


@pytest.mark.parametrize("prunes", [False, True])
def test_what_the_user_wrote_stays_in_the_block_of_a_deleted_mark(prunes):
    gone = merge_blocks(MINE, [TWO], deleted={"01aa": "2026-03-14"}, prunes=prunes)
    said = "> It rained, I think.\n\n*Deleted in annotator on 2026-03-14.*\n"
    assert gone.text == MINE.replace("> It rained, I think.\n", said)
    assert gone.outcomes == {"01aa": "deleted", "01bb": "same"}
    back = merge_blocks(gone.text, [ONE, TWO], exported=EXPORTED)
    assert (back.text, back.outcomes["01aa"]) == (MINE, "same")


def test_a_struck_block_that_was_edited_and_is_restored_with_other_words_has_both():
    gone = merge_blocks(NOTE, [TWO], deleted={"01aa": "2026-03-14"}).text
    mine = gone.replace("~~It rained.~~", "~~It rained.~~\n> Did it?")
    back = merge_blocks(mine, [NoteBlock("01aa", "> It poured."), TWO], exported=EXPORTED)
    assert "> It poured.\n> Did it?\n" in back.text
    assert "Deleted in" not in back.text
    assert back.outcomes["01aa"] == "updated"


def test_a_struck_block_without_its_date_is_not_struck_when_its_mark_is_restored():
    one = NoteBlock("01aa", "> It rained.\n\nMy note.")
    gone = merge_blocks(note(one, TWO), [TWO], deleted={"01aa": "2026-03-14"}).text
    mine = gone.replace("\n*Deleted in annotator on 2026-03-14.*\n", "\n")
    back = merge_blocks(mine, [one, TWO], exported={"01aa": one.body})
    assert (back.text, back.outcomes["01aa"]) == (note(one, TWO), "updated")


def test_a_long_block_is_left_as_it_is_where_its_export_is_not_known():
    newer = NoteBlock("01aa", "> It poured.", is_long=True)
    assert merge_blocks(MINE, [newer, TWO]).outcomes["01aa"] == "same"
    assert "poured" not in merge_blocks(MINE, [newer, TWO]).text
    known = merge_blocks(MINE, [newer, TWO], exported=EXPORTED)
    assert known.outcomes["01aa"] == "conflict"
    assert "> [!note] Newer version in annotator\n> > It poured.\n" in known.text


def test_a_new_mark_is_below_the_one_before_it_and_what_its_user_wrote_there():
    assert merge_blocks(note(ONE, THREE), [ONE, TWO, THREE]).text == note(ONE, TWO, THREE)
    own = "\nMy own words.\n\n## My heading\n\nMore of them.\n"
    first, last = note(ONE), block("01cc", THREE.body)
    merge = merge_blocks(f"{first}{own}\n{last}", [ONE, TWO, THREE])
    words, _, more = own.partition("\n## ")
    assert merge.text == f"{first}{words}\n{block('01bb', TWO.body)}\n## {more}\n{last}"


def test_a_heading_in_code_parts_nothing_but_the_one_below_it_does():
    code = "\n````md\n```\n## In code\n```\n`````\n\nMine.\n"
    own = f"{note(ONE)}{code}"
    merge = merge_blocks(f"{own}\n## Below\n", [ONE, TWO])
    assert merge.text == f"{own}\n{block('01bb', TWO.body)}\n## Below\n"


def test_a_new_mark_before_all_others_is_above_them():
    assert merge_blocks(f"{note(TWO)}\nThe end.\n", [ONE, TWO]).text == f"{NOTE}\nThe end.\n"


def test_new_marks_at_the_end_follow_what_is_there():
    text = "# Weather\n\nMy own words."
    assert merge_blocks(text, [ONE]).text == f"{text}\n\n{block('01aa', ONE.body)}"


def test_marks_that_are_not_found_are_below_a_heading_which_is_there_once():
    text = f"{note(ONE)}\n{HEADING}\n{block('01zz', LOST.body)}"
    assert merge_blocks("# Weather\n", [ONE, LOST]).text == text
    other = NoteBlock("01zy", "> It froze.", is_lost=True)
    more = merge_blocks(text, [ONE, LOST, other]).text
    assert more == f"{text}\n{block('01zy', other.body)}"


def test_a_mark_that_is_found_is_above_those_that_are_not():
    lost = f"{HEADING}\n{block('01zz', LOST.body)}"
    merge = merge_blocks(f"# Weather\n\n{lost}", [ONE, LOST])
    assert merge.text == f"{note(ONE)}\n{lost}"


def test_a_passage_that_is_found_again_moves_to_its_place():
    lost = merge_blocks(note(ONE, TWO), [ONE, TWO, LOST]).text
    again = NoteBlock(LOST.mark_id, LOST.body)
    merge = merge_blocks(lost, [ONE, again, TWO])
    assert merge.text == f"{note(ONE, again, TWO)}\n{HEADING}\n"
    assert merge.outcomes == {"01aa": "same", "01bb": "same", "01zz": "updated"}
    still = merge_blocks(lost, [ONE, TWO, LOST])
    assert (still.text, still.outcomes["01zz"]) == (lost, "same")
    mine = lost.replace("It hailed.", "It hailed, I think.")
    edited = merge_blocks(mine, [ONE, again, TWO])
    assert (edited.text, edited.outcomes["01zz"]) == (mine, "same")


def test_blocks_that_are_in_other_notes_are_not_inserted():
    merge = merge_blocks(NOTE, [ONE, TWO, THREE], elsewhere=["01cc", "01aa"])
    assert (merge.text, merge.away) == (NOTE, ("01cc",))
    assert merge.outcomes == {"01aa": "same", "01bb": "same"}
    gone = merge_blocks(
        NOTE, [TWO], elsewhere=["01aa"], deleted={"01aa": "2026-03-14"}, prunes=True
    )
    assert gone.away == ("01aa",)


def test_a_block_that_is_broken_or_there_twice_or_of_another_note_is_told_and_left():
    broken = NOTE.replace("<!-- annotator:end 01aa -->\n", "")
    assert merge_blocks(broken, [ONE, TWO]).problems == (
        "The block 01aa is broken: one of its two comments is missing or was moved.",
    )
    twice = f"{NOTE}\n{block('01aa', ONE.body)}"
    merge = merge_blocks(twice, [NoteBlock("01aa", "> It poured."), TWO])
    assert merge.problems == ("The block 01aa is there twice, or a part of it.",)
    assert (merge.text, merge.outcomes) == (twice, {"01bb": "same"})
    other = merge_blocks(NOTE, [ONE])
    assert other.problems == ("The block 01bb belongs to another note.",)
    assert (other.text, other.outcomes) == (NOTE, {"01aa": "same"})


def test_the_blocks_in_a_text_are_known_by_their_comments_but_not_where_they_are_escaped():
    text = f"{NOTE}\n\\<!-- annotator:begin 01cc -->\n<!-- annotator:end 01dd -->\n"
    assert mentioned_blocks(text) == {"01aa", "01bb", "01dd"}
    assert mentioned_blocks("# annotator:begin 01ee 123\n", ORG) == {"01ee"}


def test_a_note_with_line_ends_of_windows_keeps_them_in_all_that_is_added():
    text = NOTE.replace("\n", "\r\n")
    newer = NoteBlock("01bb", "> It\n> poured.")
    merge = merge_blocks(text, [ONE, newer, THREE, LOST], exported=EXPORTED)
    lost = f"{HEADING}\n{block('01zz', LOST.body)}"
    assert merge.text == f"{note(ONE, newer, THREE)}\n{lost}".replace("\n", "\r\n")
    some = NOTE.replace("\n", "\r\n", 5)  # of 13 lines
    assert merge_blocks(some, [ONE, TWO, THREE]).text.count("\r") == 5


def test_in_an_outline_blocks_have_bullets_and_no_empty_lines():
    one, two = NoteBlock("01aa", "- It rained."), NoteBlock("01bb", "- It snowed.")
    text = merge_blocks("- # Weather\n", [one, two], syntax=LOGSEQ).text
    assert [line.partition(" -->")[0][:24] for line in lines_of(text)] == [
        "- # Weather\n",
        "- <!-- annotator:begin 0",
        "- It rained.\n",
        "- <!-- annotator:end 01a",
        "- <!-- annotator:begin 0",
        "- It snowed.\n",
        "- <!-- annotator:end 01b",
    ]
    gone = merge_blocks(text, [two], deleted={"01aa": "2026-03-14"}, syntax=LOGSEQ).text
    assert "- It rained.\n- *Deleted in annotator on 2026-03-14.*\n- <!--" in gone
    assert merge_blocks(gone, [one, two], syntax=LOGSEQ).text == text


def test_a_newer_version_that_its_user_edited_is_a_text_of_the_user():
    first = merge_blocks(MINE, [NoteBlock("01aa", "> It poured."), TWO], exported=EXPORTED).text
    mine = first.replace("> > It poured.", "> > It poured, indeed.")
    exported = EXPORTED | {"01aa": "> It poured."}
    last = merge_blocks(mine, [NoteBlock("01aa", "> It hailed."), TWO], exported=exported)
    assert "> > It poured, indeed.\n" in last.text
    assert "> > It hailed.\n" in last.text


def test_in_org_a_deleted_mark_has_its_heading_struck_through_but_not_its_tags():
    one = NoteBlock(
        "01aa", "** Claim: It rained. :weather:\n#+begin_quote\nIt rained.\n#+end_quote"
    )
    text = merge_blocks("* Weather\n", [one], syntax=ORG).text
    gone = merge_blocks(text, [], deleted={"01aa": "2026-03-14"}, syntax=ORG).text
    assert "\n** +Claim: It rained.+ :weather:\n#+begin_quote\n" in gone
    assert "\n\n/Deleted in annotator on 2026-03-14./\n\n# annotator:end 01aa\n" in gone
    assert merge_blocks(gone, [one], syntax=ORG).text == text


def test_a_newer_version_in_org_is_an_example_in_which_nothing_is_a_heading():
    one = NoteBlock("01aa", "** Claim: It rained.\nIt rained.")
    text = merge_blocks("* Weather\n", [one], syntax=ORG).text.replace("It rained.\n\n", "Hm.\n\n")
    merge = merge_blocks(text, [NoteBlock("01aa", "** Claim: It poured.")], syntax=ORG)
    assert "\nNewer version in annotator:\n#+begin_example\n,** Claim: It poured.\n" in merge.text
    assert merge.outcomes == {"01aa": "conflict"}


def test_a_newer_version_in_logseq_is_a_quotation_below_a_bullet():
    one = NoteBlock("01aa", "- It rained.")
    text = merge_blocks("- # Weather\n", [one], syntax=LOGSEQ).text.replace("rained", "hailed")
    newer = NoteBlock("01aa", "- It poured.\n  id:: 01aa\n\t- Much.")
    merge = merge_blocks(text, [newer], syntax=LOGSEQ)
    assert (
        "- It hailed.\n- **Newer version in annotator**\n\t- > It poured.\n\t  > Much.\n"
        in merge.text
    )
