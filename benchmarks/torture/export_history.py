"""Random histories of a folder of notes: a user edits, marks change, and all is exported again.

The library, the files and the exports are real. After each export the history checks that
no word of the user is lost or doubled, that each current mark is there once, and that exporting
again writes nothing. A broken promise raises `AssertionError`.

Blocks that the user edited are counted where the library has new words in a line that the user
left alone: those that show the old words still are frozen.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from msgspec.structs import replace

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Claim, Extraction, Link, Page, Span
from annotator.model.identity import id_of_url
from annotator.store import Library, new_id
from annotator.usecases.exporting.export import ExportOptions, export_articles
from annotator.usecases.exporting.report import ExportReport
from annotator.usecases.exporting.vault import Vault
from frozen_blocks import BLOCK, OF_LIBRARY, OF_USER, FrozenBlocks
from note_programs import rewritten

Files = dict[Path, tuple[bytes, int, int]]  # contents, mode and time

ARTICLES = 3
SENTENCES = 6

_NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
_BEGIN = re.compile(r"annotator:begin (\S+)")
_BLOCK = re.compile(r"<!-- annotator:begin (\S+).*?annotator:end \1 -->\r?\n", re.DOTALL)
_BROKEN = ("title: [unclosed\n", "a: b: c\n", "\tindented: x\n", "- item\n", "source: 'again'\n")
_CLAIMS = (Claim(), Claim(status="checking"), Claim(status="supported"), Claim(status="disputed"))
_NOTES = (
    *("{}",) * 4,
    "{}\n\n* one\n* *two*",
    "__Mine__ and {}",
    "+ {}\n+ [a](<https://a.example/b>)\n",
    "| a | b |\n|-|-|\n| {} | 1 |",
    "One line\\\n{}\n\n```\nx = [1]\n```",
    "1) {}\n2) it_is [sic] 3 * 4 * 5",
)
_OTHER_PROGRAM = "written for another program"
_SUFFIXES = {"org": ".org"}  # of presets
_LINES = ("{}", "# {}", "> {}", "- {}", "```\n{}\n```", "## {}", "{} ---", "<!-- {} -->", "")


class ExportHistory:
    """One history in a folder of its own."""

    def __init__(self, folder: Path, random: Random, *, with_others: bool = False) -> None:
        self._random = random
        self._with_others = with_others  # Prettier and mdformat
        self._vault = folder / "vault"
        self._state = folder / "state"
        self._outside = folder / "outside"
        self._library = Library.open(folder / "library", state=self._state, cache=folder / "cache")
        self._articles = [self._article(number, 0) for number in range(ARTICLES)]
        self._marks: dict[str, Annotation] = {}
        self._deleted: dict[str, Annotation] = {}
        self._preset = "obsidian"
        self._exported: dict[tuple[str, str], str] = {}  # the note of a mark when it was exported
        self._is_calm = random.random() < 0.5  # noqa: PLR2004 - evenly; it only edits and formats
        self._older: list[tuple[Path, bytes]] = []  # versions of files, as in git
        self._words = 0
        self._clock = 0
        self.counts = Counter[str]()
        self._frozen = FrozenBlocks(self.counts)

    def run(self) -> None:
        """Let things happen and export, a few times."""
        self._vault.mkdir()
        self._outside.mkdir()
        (self._vault / "Article 0.md").write_text(f"Taken by {self._word()}.\n", "utf-8")
        with self._library:
            for number in range(ARTICLES):
                self._store(number, 0)
            for _ in range(ARTICLES):
                self._mark()
            for _ in range(self._random.randint(3, 6) if self._is_calm else 3):
                self._happen(self._in_library, self._random.randint(0, 5))
                self._happen(self._in_vault, self._random.randint(0, 4))
                if self._random.random() < 0.25:  # noqa: PLR2004 - now and then
                    self._switch()
                self._export()

    def _happen(self, chosen: Callable[[], Callable[[], None]], times: int) -> None:
        for _ in range(times):
            action = chosen()
            self.counts[action.__name__.strip("_")] += 1
            action()

    # Changes in the library

    def _in_library(self) -> Callable[[], None]:
        marks = (self._mark, self._mark, self._note, self._note, self._judge, self._tag, self._link)
        return self._random.choice(
            (*marks, self._delete, self._restore, self._refresh, self._tag_article)
        )

    def _article(self, number: int, edition: int) -> Article:
        """Return an article; other editions lack a sentence, and have another title."""
        url = f"https://example.org/{number}"
        texts = [f"Sentence {at} of {number} says thing{at}." for at in range(SENTENCES)]
        if edition:
            texts[edition % SENTENCES] = f"Quite other words are here now, edition {edition}."
        blocks = tuple(Block("paragraph", text) for text in texts)
        title = f"Article {number}" if edition % 2 == 0 else f"Article {number}, revised"
        return Article(id_of_url(url), url, title, blocks=blocks)

    def _store(self, number: int, edition: int) -> None:
        self._articles[number] = article = self._article(number, edition)
        page = Page(article.url, f"<p>{article.text}</p>", fetched_at=_NOW)
        self._clock += 1
        self._library.store(Extraction(article), page, now=_NOW + timedelta(seconds=self._clock))

    def _mark(self) -> None:
        article = self._random.choice(self._articles)
        start = self._random.choice(article.starts)
        target = describe(article.text, Span(start, start + 12), revision=article.revision)
        note = self._new_note()
        mark = Annotation(new_id(), article.id, target, note=note, created=_NOW)
        self._marks[mark.id] = mark
        self._library.put([mark])

    def _change(self, change: Callable[[Annotation], Annotation]) -> None:
        if self._marks:
            mark = self._random.choice(list(self._marks.values()))
            self._marks[mark.id] = self._library.article(mark.article_id).revise(mark.id, change)

    def _note(self) -> None:
        self._change(lambda mark: replace(mark, note=self._new_note()))

    def _new_note(self) -> str:
        return self._random.choice(_NOTES).format(self._word("note"))

    def _judge(self) -> None:
        claim = self._random.choice(_CLAIMS)
        claim = replace(claim, speaker=self._word("said"))
        self._change(lambda mark: replace(mark, kind="claim", claim=claim))

    def _tag(self) -> None:
        self._change(lambda mark: replace(mark, tags=(*mark.tags, self._word("tag"))))

    def _link(self) -> None:
        target = self._random.choice([*self._marks, new_id()])
        self._change(lambda mark: replace(mark, links=(*mark.links, Link("supports", target))))

    def _delete(self) -> None:
        if self._marks:
            mark = self._marks.pop(self._random.choice(list(self._marks)))
            self._deleted[mark.id] = mark
            self._library.article(mark.article_id).remove([mark.id], now=_NOW)

    def _restore(self) -> None:
        if self._deleted:
            mark = self._deleted.pop(self._random.choice(list(self._deleted)))
            self._marks[mark.id] = mark
            self._library.put([mark])

    def _refresh(self) -> None:
        self._store(self._random.randrange(ARTICLES), self._random.randrange(4))

    def _tag_article(self) -> None:
        article, tag = self._random.choice(self._articles), self._word("tag")
        self._library.article(article.id).update(
            lambda record: replace(record, tags=(*record.tags[-1:], tag))
        )

    # Changes by the user

    def _in_vault(self) -> Callable[[], None]:
        inside = (self._edit_block, self._edit_block, self._format)
        if self._is_calm:
            return self._random.choice((*inside, self._property))
        lines = (self._write, self._write, self._edit, self._edit, self._drop, self._swap)
        blocks = (self._copy_lines, self._move_block, self._property, self._break_properties)
        whole = (
            self._line_ends,
            self._encode,
            self._rename,
            self._remove,
            self._copy,
        )
        rest = (self._permit, self._link_away, self._check_out, self._forget, self._renew)
        return self._random.choice((*inside, *lines, *lines, *blocks, *whole, *rest))

    def _files(self) -> list[Path]:
        files = self._vault.rglob(f"*{self._suffix}")
        return sorted(each for each in files if not each.is_symlink())

    def _rewrite(self, change: Callable[[str], str]) -> None:
        """Change the text of a file, in place or as an editor that writes a new file."""
        files = self._files()
        if not files:
            return
        path = self._random.choice(files)
        data = path.read_bytes()
        self._older.append((path, data))
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return
        encoding = "utf-8"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            encoding = "latin-1"
            text = data.decode(encoding)
        mode = path.stat().st_mode
        path.chmod(0o600)
        data = change(text).encode(encoding, "replace")
        if self._random.random() < 0.5:  # noqa: PLR2004 - evenly
            path.write_bytes(data)
            path.chmod(mode)
        else:
            new = path.with_suffix(".new")
            new.write_bytes(data)
            new.chmod(mode)
            new.replace(path)

    def _rewrite_lines(self, change: Callable[[list[str]], None]) -> None:
        def changed(text: str) -> str:
            lines = text.splitlines(keepends=True)
            change(lines)
            return "".join(lines)

        self._rewrite(changed)

    def _word(self, kind: str = "user") -> str:
        self._words += 1
        return f"{kind}{self._words}x"

    def _write(self) -> None:
        def write(lines: list[str]) -> None:
            at = self._random.randint(0, len(lines))
            if at and not lines[at - 1].endswith("\n"):
                lines[at - 1] += "\n"
            lines.insert(at, self._random.choice(_LINES).format(self._word()) + "\n")

        self._rewrite_lines(write)

    def _edit(self) -> None:
        def edit(lines: list[str]) -> None:
            if lines:
                at = self._random.randrange(len(lines))
                own = lines[at].rstrip("\r\n")
                end = lines[at][len(own) :]
                word = self._word()
                lines[at] = self._random.choice((f"{word} {own}", f"{own} {word}", word)) + end

        self._rewrite_lines(edit)

    def _edit_block(self) -> None:
        def edit(text: str) -> str:
            blocks = [match for match in BLOCK.finditer(text) if match["inner"].count("\n") > 1]
            if not blocks:
                return text
            block = self._random.choice(blocks)
            first, *lines, last = block["inner"].split("\n")
            at, word = self._random.randrange(len(lines)), self._word()
            own = lines[at].rstrip("\r")
            indent = own[: len(own) - len(own.lstrip())]
            changes: tuple[list[str], ...] = (
                [f"{own} {word}"] if own.strip() else [word],
                [own, f"{indent}{word}"],
                [own, "", word, ""],
                [f"{indent}{word}"],
                [],
            )
            lines[at : at + 1] = self._random.choices(changes, (4, 4, 2, 1, 1))[0]
            inner = "\n".join((first, *lines, last))
            return f"{text[: block.start('inner')]}{inner}{text[block.end('inner') :]}"

        self._rewrite(edit)

    def _drop(self) -> None:
        def drop(lines: list[str]) -> None:
            start = self._random.randint(0, len(lines))
            del lines[start : start + self._random.randint(1, 8)]

        self._rewrite_lines(drop)

    def _swap(self) -> None:
        def swap(lines: list[str]) -> None:
            a, b = sorted(self._random.randint(0, len(lines)) for _ in range(2))
            lines[:] = [*lines[b:], *lines[a:b], *lines[:a]]

        self._rewrite_lines(swap)

    def _copy_lines(self) -> None:
        def copy(lines: list[str]) -> None:
            a, b = sorted(self._random.randint(0, len(lines)) for _ in range(2))
            lines += lines[a:b]

        self._rewrite_lines(copy)

    def _move_block(self) -> None:
        moved = ""

        def cut(text: str) -> str:
            nonlocal moved
            blocks = list(_BLOCK.finditer(text))
            if not blocks:
                return text
            block = self._random.choice(blocks)
            moved = block[0]
            return text[: block.start()] + text[block.end() :]

        self._rewrite(cut)
        if moved:
            self._rewrite(lambda text: f"{text}\n{moved}")

    def _property(self) -> None:
        def change(lines: list[str]) -> None:
            end = next((at for at, line in enumerate(lines) if at and line.startswith("---")), 0)
            if not end:
                return
            at, word = self._random.randrange(1, end + 1), self._word()
            name = lines[at].partition(":")[0]
            new = (f"mine{word}: {word}\n", f"# {word}\n", f"{name}: {word}  # {word}\n")
            listed = (f"tags:\n  - {word}\n", f"tags: [{word}] # {word}\n", f"tags:\n- {word}\n")
            if name == "annotator_id" or at == end:
                lines.insert(at, new[0])
            elif name == "tags":
                lines[at] = self._random.choice(listed)
            else:
                lines[at] = self._random.choice((*new, "", f"{name}: >-\n  {word}\n  {word}\n"))

        self._rewrite_lines(change)

    def _break_properties(self) -> None:
        self._rewrite_lines(lambda lines: lines.insert(1, self._random.choice(_BROKEN)))

    def _line_ends(self) -> None:
        def change(text: str) -> str:
            plain = text.replace("\r\n", "\n")
            windows = plain.replace("\n", "\r\n")
            return self._random.choice((windows, plain, plain.rstrip("\n"), f"\ufeff{plain}"))

        self._rewrite(change)

    def _format(self) -> None:
        """Let another program write a note again."""
        files = [path for path in self._files() if path.suffix == ".md"]
        if not files:
            return
        path = self._random.choice(files)
        with suppress(UnicodeDecodeError):
            before = path.read_text("utf-8")
            after = rewritten(before, self._random, with_others=self._with_others)
            is_whole = not _words(before.encode()) - _words(after.encode())
            if is_whole and after != before:  # a comment of a property is a word, too
                mode = path.stat().st_mode
                path.chmod(0o600)
                path.write_text(after, "utf-8")
                path.chmod(mode)
                self.counts["written by a program"] += 1

    def _switch(self) -> None:
        """Export for another program from now on."""
        self.counts["switch"] += 1
        self._preset = self._random.choice(("obsidian", "obsidian", "logseq", "plain", "org"))

    @property
    def _suffix(self) -> str:
        return _SUFFIXES.get(self._preset, ".md")

    def _encode(self) -> None:
        files = self._files()
        if files:
            path = self._random.choice(files)
            text = f"{path.read_text('utf-8', 'replace')}\n\u00e9\n"
            path.chmod(0o600)
            path.write_text(text, self._random.choice(("latin-1", "utf-16")), "replace")

    def _rename(self) -> None:
        if files := self._files():
            path = self._random.choice(files)
            folder = self._random.choice((self._vault, self._vault / "deep" / "er"))
            folder.mkdir(parents=True, exist_ok=True)
            name = self._random.choice(("Mine", "A [b] #c"))
            path.rename(folder / f"{name} {self._word('name')}{path.suffix}")

    def _remove(self) -> None:
        if files := self._files():
            path = self._random.choice(files)
            self._older.append((path, path.read_bytes()))
            path.unlink()

    def _copy(self) -> None:
        if files := self._files():
            path = self._random.choice(files)
            copy = path.parent / f"Copy {self._word('name')}{path.suffix}"
            copy.write_bytes(path.read_bytes())

    def _permit(self) -> None:
        if files := self._files():
            self._random.choice(files).chmod(self._random.choice((0o600, 0o644, 0o444)))

    def _link_away(self) -> None:
        if files := self._files():
            path = self._random.choice(files)
            away = self._outside / f"{self._word('name')}{path.suffix}"
            path.rename(away)
            path.symlink_to(away)

    def _check_out(self) -> None:
        if self._older:
            path, data = self._random.choice(self._older)
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                path.unlink()
            path.write_bytes(data)

    def _forget(self) -> None:
        self._frozen.is_known = False
        for path in (self._state / "exports").glob("*.db"):
            path.unlink()

    def _renew(self) -> None:
        """Give files times of long ago, so that they count as settled."""
        for path in (*self._files(), *self._library.folder.rglob("annotations.json")):
            self._clock += 1
            os.utime(path, (1_700_000_000 + self._clock,) * 2)

    # Exports, and what must hold after them

    def _export(self) -> None:
        chosen = [each.id for each in self._articles]
        if self._random.random() < 0.2:  # noqa: PLR2004 - now and then
            chosen = chosen[:1]
        if self._random.random() < 0.5:  # noqa: PLR2004 - evenly
            self._renew()
        options = ExportOptions(prunes=self._random.random() < 0.3)  # noqa: PLR2004 - now and then
        before = self._everything()
        tried = self._exported_now(chosen, options, writes=False)
        assert self._everything() == before, "a trial writes"
        report = self._exported_now(chosen, options)
        after = self._everything()
        trial = [(each.article_id, each.outcome) for each in tried.exported]
        done = [(each.article_id, each.outcome) for each in report.exported]
        assert trial == done, f"a trial says {trial}, and {done} is done"
        self._check_words(before, after)
        self._check_files(report, before, after)
        self._check_marks(report, before, after)
        again = self._exported_now(chosen, options)
        assert self._everything() == after, "a second export writes"
        assert not again.changes, "a second export says that it writes"
        for path in self._files():
            self._older.append((path, path.read_bytes()))

    def _exported_now(
        self, chosen: list[str], options: ExportOptions, *, writes: bool = True
    ) -> ExportReport:
        vault = Vault(self._vault, self._state, preset=self._preset, writes=writes)
        return export_articles(self._library, chosen, vault, options=options)

    def _everything(self) -> Files:
        """Return the contents, mode and time of all files of the user."""
        found = {}
        for folder in (self._vault, self._outside):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    status = path.stat()
                    found[path] = (path.read_bytes(), status.st_mode, status.st_mtime_ns)
        return found

    def _check_words(
        self,
        before: Files,
        after: Files,
    ) -> None:
        for path, (data, mode, _) in before.items():
            assert path in after, f"{path.name} is gone"
            assert after[path][1] == mode, f"{path.name} has other permissions"
            lost = _words(data) - _words(after[path][0])
            assert not lost, f"{path.name} lost {lost}"
            doubled = _words(after[path][0]) - _words(data)
            assert not doubled, f"{path.name} has twice {doubled}"
            if mode & 0o222 == 0:
                assert after[path] == before[path], f"{path.name} was written"

    def _check_files(
        self,
        report: ExportReport,
        before: Files,
        after: Files,
    ) -> None:
        written = {each.written.path.resolve() for each in report.exported if each.written}
        for path, file in after.items():
            if path not in written:
                assert file == before.get(path), f"{path.name} was written, and not said"
        for each in report.exported:
            self.counts[f"= {each.outcome}"] += 1
            self.counts["= conflict"] += each.marks.get("conflict", 0)
            assert each.error is None or each.error.hint, "an error says what to do"

    def _check_marks(self, report: ExportReport, before: Files, after: Files) -> None:
        had, has = (self._in_notes(files) for files in (before, after))
        for names in (_BEGIN, OF_LIBRARY):
            were, are = (
                Counter(names.findall(_left_alone(notes.values()))) for notes in (had, has)
            )
            for name, number in are.items():
                most = max(1, were[name]) + (names is OF_LIBRARY and not self._is_calm)
                assert number <= most, f"{name} is there {number} times"
        everything = "\n".join(has.values())
        said = defaultdict[str, str](str)
        for each in report.exported:
            said[each.article_id] += " ".join((*each.problems, str(each.error or "")))
        is_failed = any(each.error or each.outcome == "kept" for each in report.exported)
        for key, each in {each.article_id: each for each in reversed(report.exported)}.items():
            if each.written is None or each.outcome == "kept" or _OTHER_PROGRAM in said[key]:
                continue
            path = each.written.path.resolve()
            text = after[path][0].decode("utf-8")
            old = before[path][0].decode("utf-8", "replace") if path in before else ""
            is_as_left = each.outcome == "unchanged" and not each.title
            for mark in self._marks.values():
                if mark.article_id == key:
                    is_told = mark.id in said[key] or is_as_left
                    if f"annotator:begin {mark.id} " in text or is_told:
                        self._check_mark(mark, old, text, is_told=is_told)
                    elif not is_failed and everything.count(f"annotator:begin {mark.id} ") == 1:
                        self.counts["= moved elsewhere"] += 1
                        self._check_mark(mark, "", everything)
        self._frozen.is_known = True

    def _check_mark(self, mark: Annotation, old: str, text: str, *, is_told: bool = False) -> None:
        """Check the block of a mark in the text where it is; `old` is that text before."""
        place = (self._suffix, mark.id)
        number = text.count(f"annotator:begin {mark.id} ")
        assert is_told or number == 1, f"{mark.id} is there {number} times"
        blocks = (match for match in BLOCK.finditer(text) if match["name"] == mark.id)
        emptied = [match for match in blocks if not re.search(r"\w", match["inner"])]  # stay so
        if self._exported.get(place) != mark.note and not (is_told or emptied):
            assert OF_LIBRARY.findall(mark.note)[0] in text, f"{mark.id} is as it was"
        if number == 1 and not is_told and old:
            self._frozen.count(place, old, text, mark)
        self._exported[place] = mark.note

    def _in_notes(self, files: Files) -> dict[Path, str]:
        """Return the texts of the notes of the preset, also of those that links lead to."""
        linked = {path.resolve() for path in self._vault.rglob("*") if path.is_symlink()}
        return {
            path: data.decode("utf-8", "replace")
            for path, (data, _, _) in files.items()
            if path.suffix == self._suffix
            and (self._vault in path.parents or path.resolve() in linked)
        }


def _left_alone(texts: Iterable[str]) -> str:
    """Return the lines of texts in which there is no word of the user."""
    lines = (line for text in texts for line in text.split("\n"))
    return "\n".join(line for line in lines if not OF_USER.search(line))


def _words(data: bytes) -> Counter[str]:
    is_wide = data.startswith(b"\xff\xfe")
    return Counter(OF_USER.findall(data.decode("utf-16" if is_wide else "utf-8", "replace")))
