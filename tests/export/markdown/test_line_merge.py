"""A block that its user edited is merged line by line with what the library says now."""

import pytest

from annotator.export.markdown.block_merge import NoteBlock, merge_blocks
from annotator.export.markdown.line_merge import key_of, merge_lines

OLD = """> [!info] Claim · open
> Prices rose by a tenth.
>
> [in the article](https://a.example/1)

^a-01aa

Ask the office.

- status:: open
- speaker:: Ann Lee"""
LONG = "A line of a long paragraph, such as people write. " * 6
NEW = OLD.replace("Claim · open", "Claim · refuted").replace("status:: open", "status:: refuted")


def merged(mine, theirs, base=OLD):
    merge = merge_lines(base.split("\n"), mine.split("\n"), theirs.split("\n"))
    return "\n".join(merge.lines), list(merge.clashes)


def test_each_side_changes_lines_of_its_own():
    mine = OLD.replace("Ask the office.", "Ask the office, and the mayor.")
    assert merged(mine, NEW) == (NEW.replace("office.", "office, and the mayor."), [])


def test_lines_of_both_sides_at_one_place_are_kept():
    mine = f"{OLD}\n\nI doubt it."
    theirs = f"{NEW}\n- said-on:: 2026-03-14"
    assert merged(mine, theirs) == (f"{theirs}\n\nI doubt it.", [])


def test_a_line_that_changed_on_both_sides_stays_as_its_user_wrote_it():
    mine = OLD.replace("status:: open", "status:: who knows")
    text, clashes = merged(mine, NEW)
    assert text == NEW.replace("status:: refuted", "status:: who knows")
    assert clashes == ["- status:: refuted"]


def test_a_line_that_the_user_removed_stays_away_until_it_changes():
    mine = OLD.replace("- speaker:: Ann Lee", "").rstrip("\n")
    assert merged(mine, NEW)[1] == []
    assert "speaker" not in merged(mine, NEW)[0]
    assert merged(mine, NEW.replace("Ann Lee", "Bo Ek"))[1] == ["- speaker:: Bo Ek"]


def test_another_line_in_the_place_of_a_removed_one_is_new():
    mine = OLD.replace("^a-01aa", "")
    text, clashes = merged(mine, OLD.replace("^a-01aa", "<a id></a>").replace("Ask the", "No"))
    assert "<a id></a>" in text
    assert clashes == []


def test_a_line_that_is_gone_stays_if_the_user_changed_it():
    mine = OLD.replace("Ann Lee", "Ann Lee, I think")
    assert "Ann Lee, I think" in merged(mine, NEW.replace("\n- speaker:: Ann Lee", ""))[0]
    assert "speaker" not in merged(OLD, NEW.replace("\n- speaker:: Ann Lee", ""))[0]


def test_lines_that_a_formatter_wrote_again_are_not_edited():
    mine = OLD.replace("- ", "* ").replace("\n^a-", "\n\n^a-").replace("a tenth", r"a ten\th")
    text, clashes = merged(mine.replace("\\", ""), NEW)
    assert (text.count("status:: refuted"), text.count("speaker"), clashes) == (1, 1, [])


def test_a_line_that_moved_has_what_the_user_made_of_it():
    mine = OLD.replace("by a tenth", "by a **tenth**")
    lines = NEW.split("\n")
    theirs = "\n".join((*lines[2:], lines[0], f"\t- {lines[1].removeprefix('> ')}"))
    text, clashes = merged(mine, theirs)
    assert text == theirs.replace("by a tenth", "by a **tenth**")
    assert clashes == []


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("- status:: open", "* status:: open"),
        ("> [in the article](<https://a.example/1>)", "[in the article](https://a.example/1)"),
        (r"1 \* 2\. *so*", "1 * 2. _so_"),
        ("| a | b |", "|  a  |  b |".replace("|  a", "| a")),
        ("a line\\", "a line  "),
        ("2) one", "1. one"),
        ("^a-01aa", '<a id="a-01aa"></a>'),
    ],
)
def test_formatting_makes_no_other_line(line, other):
    assert key_of(line) == key_of(other)
    assert key_of(line) != key_of(f"{line} more")


def test_the_newer_lines_are_below_until_they_are_settled():
    block = NoteBlock("01aa", OLD)
    mine = merge_blocks("", [block]).text.replace("status:: open", "status:: who knows")
    first = merge_blocks(mine, [NoteBlock("01aa", NEW)], exported={"01aa": OLD})
    assert first.outcomes == {"01aa": "conflict"}
    assert "- status:: who knows\n" in first.text
    assert "> [!note] Newer version in annotator\n> - status:: refuted\n" in first.text
    assert first.text.count("Claim · refuted") == 1
    other = NEW.replace("Ask the office.", "Asked.")
    second = merge_blocks(first.text, [NoteBlock("01aa", other)], exported={"01aa": NEW})
    assert second.outcomes == {"01aa": "updated"}
    assert "\nAsked.\n" in second.text
    assert second.text.count("status:: refuted") == second.text.count("Newer version") == 1
    last = NEW.replace("status:: refuted", "status:: disputed")
    third = merge_blocks(second.text, [NoteBlock("01aa", last)], exported={"01aa": other})
    assert "refuted\n\n<!--" not in third.text
    assert third.text.count("status:: disputed") == third.text.count("Newer version") == 1
    settled = third.text.replace("status:: who knows", "status:: disputed")
    fourth = merge_blocks(settled, [NoteBlock("01aa", f"{last}.")], exported={"01aa": last})
    assert "Newer version" not in fourth.text


def test_without_what_was_exported_the_whole_new_version_is_below():
    text = merge_blocks("", [NoteBlock("01aa", OLD)]).text.replace("Ask the", "Ask my")
    for exported in (None, {"01aa": "Quite another one."}):
        merge = merge_blocks(text, [NoteBlock("01aa", NEW)], exported=exported)
        assert merge.outcomes == {"01aa": "conflict"}
        assert "> > [!info] Claim · refuted\n" in merge.text
        assert "Ask my office.\n" in merge.text


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "lines", "clashes"),
    [
        # half of the words stayed: the user changed the line
        ("a b c d|x", "a b y z|x", "a b c d!|x", "a b y z|x", "a b c d!"),
        # two lines for one: the one that is most alike was made from it
        ("one two three", "new words here|one two four", "one two three!",
         "new words here|one two four", "one two three!"),
        ("one two three", "one two four|other things", "one two three",
         "one two four|other things", ""),
        # lines that were only changed, one by one
        ("abc|def", "uvw|xyz", "abc|def", "uvw|xyz", ""),
        ("abc|def", "uvw|xyz", "abc|ghi", "uvw|xyz", "ghi"),
        # a new line at the same place on both sides is there once
        ("a", "a|x", "a|x", "a|x", ""),
        ("a", "a|- x", "a|* x", "a|- x", ""),
        # of two empty lines between what both added, one is left
        ("a", "a||x", "a||y", "a||y||x", ""),
        ("a||b", "a||mine||b", "a||new||b", "a||new||mine||b", ""),
        # moved, and changed by its user where it was
        ("one|two|three", "one|two mine|three", "three|two|one", "three|two mine|one", ""),
        ("speaker: Ann|site: Bee", "site: Bee mine", "speaker: Ann|site: Bee",
         "site: Bee mine", ""),
        ("x|abc|def", "x|uvw|xyz", "x|def|abc", "x|xyz|uvw", ""),
        # half alike, and less
        ("abcdefgh|x|y", "new|abcdxyzw|x|y", "x|y|abcdefgh", "new|x|y|abcdxyzw", ""),
        ("abcdefgh|x|y", "new|abcvwxyz|x|y", "x|y|abcdefgh", "new|abcvwxyz|x|y", ""),
        (f"{LONG}|x|y", f"new|{LONG}mine|x|y", f"x|y|{LONG}", f"new|x|y|{LONG}mine", ""),
        # an id is no words
        ("x|^a-1|y|z", "x|words|y|z", "x|y|z|^a-1", "x|words|y|z", ""),
        # removed by its user, or by the library, or by both
        ("a|b|c", "a|c", "a|b|c", "a|c", ""),
        ("a|b|c", "a|b|c", "a|c", "a|c", ""),
        ("a|b|c", "a|c", "a|c", "a|c", ""),
        ("a|b|c", "a|c", "a|b2|c", "a|c", "b2"),
        # only the sign of an item was changed, by its user or by the library
        ("- a b", "* a b", "- a b", "* a b", ""),
        ("- a b", "* a b", "- a c", "- a c", ""),
        ("- a b", "- a mine", "  - a b", "  - a mine", ""),
        ("- a b", "* a mine", "- a b", "* a mine", ""),
        ("- a b", "* a c", "- a c", "* a c", ""),
    ],
)  # fmt: skip
def test_every_line_has_one_place_and_one_of_two_versions(base, mine, theirs, lines, clashes):
    text, others = merged(*(side.replace("|", "\n") for side in (mine, theirs, base)))
    assert text.replace("\n", "|") == lines
    assert "|".join(others) == clashes


def test_the_id_of_a_mark_was_made_from_no_words():
    text, _ = merged("x\ny", 'x\n<a id="a-1"></a>\ny', "x\n^a-1\ny")
    assert text == "x\ny"
    assert merged("x\nmine\ny", "x\n^a-1\ny", "x\n^a-1\ny")[0] == "x\nmine\ny"
    assert key_of("^a-01aa") != key_of("words")
    assert key_of(":CUSTOM_ID: a-01aa") == key_of("  id:: 9464c526")
