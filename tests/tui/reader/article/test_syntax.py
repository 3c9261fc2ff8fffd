"""The colours of code: the tokens, and when the view asks for them."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from annotator.model import Article, Block
from annotator.tui.reader.article.syntax import LONGEST, colours
from viewing import reading
from waiting import PATIENCE

CODE = "# sum\ndef add(a):\n    return a + 1.5 + len('é漢')\n"


def parts(code, language):
    found = colours(code, language).within(0, len(code))
    return [(code[token.start : token.end], token.part) for token in found]


def test_tokens_of_code_have_the_parts_of_their_kinds():
    assert parts(CODE, "python") == [
        ("# sum", "code-comment"),
        ("def", "code-keyword"),
        ("add", "code-name"),
        ("return", "code-keyword"),
        ("1.5", "code-number"),
        ("len", "code-name"),
        ("'", "code-string"),
        ("é漢", "code-string"),
        ("'", "code-string"),
    ]


def test_only_the_tokens_of_a_passage_are_returned():
    found = colours(CODE, "python").within(6, 18)
    assert [token.part for token in found] == ["code-keyword", "code-name"]


@pytest.mark.parametrize("language", ["wrap", "", "[x]", "no such language"])
def test_an_unknown_language_has_no_colours(language):
    assert parts(CODE, language) == []


def test_very_long_code_is_coloured_at_its_beginning():
    assert 0 < len(parts("x = 1\n" * LONGEST, "python")) <= LONGEST // 6


async def test_code_gets_its_colours_when_it_is_first_shown():
    filler = tuple(Block("paragraph", f"Paragraph {n}.") for n in range(40))
    code = Block("code", CODE.strip(), language="python")
    async with reading(Article("x", "", "", blocks=(*filler, code))) as app:
        assert not app.view._code.colours
        before = app.view.viewport.layout
        await app.pilot.press("G")
        async with asyncio.timeout(PATIENCE):
            while not app.view._code.colours:
                await app.pilot.pause(0.005)
        await app.pilot.pause()
        strips = app.view.render_lines(app.view.size.region)
        line = next(strip for strip in strips if "def add" in strip.text)
        colour = {s.text: s.style.color for s in line}
        assert colour["def"] != colour["(a):"]
        assert app.view.viewport.layout is before


async def test_colours_that_come_after_another_article_was_opened_are_dropped():
    code = Block("code", CODE.strip(), language="python")
    first = Article("x", "", "", blocks=(code, Block("paragraph", "And so on.")))
    other = Article("y", "", "", blocks=(Block("paragraph", "Before it."), code))
    opened = threading.Event()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    asyncio.get_running_loop().run_in_executor(None, opened.wait)
    async with reading(first) as app, asyncio.timeout(PATIENCE):
        while not list(app.workers):
            await app.pilot.pause(0.005)
        app.view.show(other)
        opened.set()
        while not app.view._code.colours:
            await app.pilot.pause(0.005)
        await app.workers.wait_for_complete()
        assert app.view._code.colours.keys() == {1}


async def test_code_without_a_language_starts_no_worker():
    async with reading(Article("x", "", "", blocks=(Block("code", CODE),))) as app:
        await app.pilot.pause()
        assert list(app.workers) == []
        assert app.view._code.colours == {}
