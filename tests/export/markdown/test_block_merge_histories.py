"""Histories of a note: a user edits it, marks change, and it is exported again and again."""

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.export.markdown.block_merge import NoteBlock, merge_blocks
from annotator.export.markdown.block_syntax import LOGSEQ, MARKDOWN, ORG

HEADER = "# A quiet river\n\n[The Mill](<https://example.org/a>)\n"
SYNTAXES = {"markdown": MARKDOWN, "logseq": LOGSEQ, "org": ORG}
MARKER = re.compile(r"annotator:(?:begin|end) ")


class History:
    """A note, the marks of its article, and what was exported last."""

    def __init__(self, random: Random, syntax) -> None:
        self.random = random
        self.syntax = syntax
        self.text = HEADER
        self.marks: dict[str, str] = {}  # in the order of the article
        self.deleted: dict[str, str] = {}
        self.exported: dict[str, str] = {}
        self.words = 0
        self.theirs: Counter[str] = Counter()  # words of bodies, which newer bodies may replace

    def run(self) -> None:
        for _ in range(self.random.randint(1, 4)):
            for _ in range(self.random.randint(0, 4)):
                self.random.choice((self.add, self.add, self.change, self.delete, self.restore))()
            for _ in range(self.random.randint(0, 4)):
                self.random.choice(
                    (self.write, self.write, self.edit, self.drop, self.swap, self.copy, self.cut)
                )()
            self.export()

    # What happens in the library

    def word(self) -> str:
        self.words += 1
        return f"word{self.words}x"

    def body(self, mark_id: str) -> str:
        words = [self.word() for _ in range(self.random.randint(1, 3))]
        if self.syntax is LOGSEQ:
            lines = "\n".join(f"  > {word}" for word in words)
            body = f"- **claim** {self.word()}\n{lines}\n  id:: {mark_id}\n\t- {self.word()}"
        elif self.syntax is ORG:
            lines = "\n".join(words)
            head = f"** claim {self.word()}\n:PROPERTIES:\n:CUSTOM_ID: a-{mark_id}\n:END:"
            body = f"{head}\n#+begin_quote\n{lines}\n#+end_quote"
        else:
            lines = "\n".join(f"> {word}" for word in words)
            body = f"{lines}\n\n^a-{mark_id}\n\n**claim** {self.word()}"
        self.theirs.update(dict.fromkeys(re.findall(r"word\d+x", body), 99))
        return body

    def add(self) -> None:
        mark_id = f"m{self.word()}"
        marks = list(self.marks.items())
        marks.insert(self.random.randint(0, len(marks)), (mark_id, self.body(mark_id)))
        self.marks = dict(marks)

    def change(self) -> None:
        if self.marks:
            mark_id = self.random.choice(list(self.marks))
            self.marks[mark_id] = self.body(mark_id)

    def delete(self) -> None:
        if self.marks:
            mark_id = self.random.choice(list(self.marks))
            del self.marks[mark_id]
            self.deleted[mark_id] = "2026-03-14"

    def restore(self) -> None:
        if self.deleted:
            mark_id = self.random.choice(list(self.deleted))
            del self.deleted[mark_id]
            self.marks[mark_id] = self.exported.get(mark_id) or self.body(mark_id)

    # What the user does to the note

    def lines(self) -> list[str]:
        return self.text.splitlines(keepends=True)

    def write(self) -> None:
        lines = self.lines()
        new = self.random.choice(
            ("{}", "# {}", "> {}", "- {}", "```\n{}\n```", "", "## {}", "* {}", "- # {}")
        )
        at = self.random.randint(0, len(lines))
        if at and not lines[at - 1].endswith("\n"):
            lines[at - 1] += "\n"
        lines.insert(at, new.format(self.word()) + "\n")
        self.text = "".join(lines)

    def edit(self) -> None:
        lines = self.lines()
        at = self.random.randrange(len(lines)) if lines else 0
        if lines and (not MARKER.search(lines[at]) or self.random.random() < 0.2):
            lines[at] = f"{self.word()} {lines[at]}"
        self.text = "".join(lines)

    def drop(self) -> None:
        lines = self.lines()
        if lines:
            start = self.random.randrange(len(lines))
            del lines[start : start + self.random.randint(1, 8)]
        self.text = "".join(lines)

    def swap(self) -> None:
        lines = self.lines()
        start, end = sorted(self.random.randint(0, len(lines)) for _ in range(2))
        self.text = "".join((*lines[end:], *lines[start:end], *lines[:start]))

    def copy(self) -> None:
        lines = self.lines()
        start, end = sorted(self.random.randint(0, len(lines)) for _ in range(2))
        self.text += "".join(lines[start:end])

    def cut(self) -> None:
        text = self.text.replace("\r\n", "\n")
        self.text = self.random.choice((text.replace("\n", "\r\n"), text, text.rstrip("\n")))

    # What must hold after each export

    def export(self) -> None:
        blocks = [NoteBlock(mark_id, body) for mark_id, body in self.marks.items()]
        known = self.random.choice((self.exported, None))
        prunes = self.random.random() < 1 / 3
        merge = merge_blocks(
            self.text,
            blocks,
            exported=known,
            deleted=self.deleted,
            prunes=prunes,
            syntax=self.syntax,
        )
        own = Counter(re.findall(r"word\d+x", self.text)) - self.theirs
        assert not own - Counter(re.findall(r"word\d+x", merge.text)), "words of the user are lost"
        for mark_id, body in self.marks.items():
            if mark_id in merge.outcomes:
                assert merge.text.count(f"annotator:begin {mark_id} ") == 1
                if merge.outcomes[mark_id] != "same":
                    assert all(word in merge.text for word in re.findall(r"word\d+x", body))
            else:
                assert f"annotator:begin {mark_id}" in self.text or f"end {mark_id}" in self.text
                assert merge.problems
        self.text = merge.text
        self.exported = dict(self.marks)
        for state in (self.exported, None):
            again = merge_blocks(
                self.text,
                blocks,
                exported=state,
                deleted=self.deleted,
                prunes=prunes,
                syntax=self.syntax,
            )
            assert again.text == self.text, "a second export changes something"
            assert set(again.outcomes.values()) <= {"same"}


@pytest.mark.parametrize("name", SYNTAXES)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 40))
def test_no_word_of_the_user_is_lost_and_every_mark_is_there_once(name, seed):
    History(Random(seed), SYNTAXES[name]).run()


def test_a_block_that_pruning_makes_whole_is_brought_up_to_date_at_once():
    one, two = merge_blocks("", [NoteBlock("01aa", "> one")]), NoteBlock("01bb", "> two")
    text = one.text.replace("> one\n", f"> one\n\n{merge_blocks('', [two]).text}\n")
    state = {"exported": {"01aa": "> one", "01bb": "> two"}, "deleted": {"01bb": "2026-03-14"}}
    merge = merge_blocks(text, [NoteBlock("01aa", "> new")], prunes=True, **state)
    assert merge.text == merge_blocks("", [NoteBlock("01aa", "> new")]).text
    assert merge.outcomes == {"01aa": "updated", "01bb": "removed"}
    assert merge.problems == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", SYNTAXES)
def test_of_the_versions_below_an_edited_block_only_the_newest_is_kept(name, newline):
    syntax, exported = SYNTAXES[name], None
    text = ""
    for version in ("first", "second", "third", "fourth"):
        block = NoteBlock("01aa", f"- > {version}" if name == "logseq" else f"> {version}")
        text = merge_blocks(text, [block], exported=exported, syntax=syntax).text
        if exported is None:
            text = text.replace("first", "mine").replace("\n", newline)
        exported = {"01aa": block.body}
    versions = re.findall("mine|first|second|third|fourth", text)
    assert versions == ["mine", "fourth"]
    assert text.count("\r") == (text.count("\n") if newline == "\r\n" else 0)


def test_a_heading_in_code_and_a_broken_block_move_nothing():
    blocks = [NoteBlock("one", "> One."), NoteBlock("two", "> Two.")]
    whole = merge_blocks(HEADER, blocks).text
    code = "~~~\n<!-- annotator:end three -->\n## Marks not found in the article\n\n"
    text = whole.replace("<!-- annotator:begin two", f"{code}<!-- annotator:begin two")
    merge = merge_blocks(text, blocks)
    assert (merge.text, merge.outcomes) == (text, {"one": "same", "two": "same"})
    assert len(merge.problems) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_one_empty_line_parts_a_new_block_from_the_words_above_it(newline):
    for end in ("", newline, newline * 2):
        text = merge_blocks(f"My words.{newline}Mine.{end}", [NoteBlock("01aa", "> one")]).text
        assert text.startswith(f"My words.{newline}Mine.{newline * 2}<!-- annotator:begin")
