import pytest

from annotator.model import Article, Block
from annotator.tui.reader.article.syntax import LONGEST, colours
from viewing import reading

CODE = "# sum\ndef add(a):\n    return a + 1.5 + len('é漢')\n"


def parts(code, language):
    found = colours(code, language).within(0, len(code))
    return [(code[token.start : token.end], token.part) for token in found]


def test_code_is_told_apart_by_what_its_words_are():
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


def test_only_the_tokens_of_a_line_are_given():
    found = colours(CODE, "python").within(6, 18)
    assert [token.part for token in found] == ["code-keyword", "code-name"]


@pytest.mark.parametrize("language", ["wrap", "", "[x]", "no such language"])
def test_a_language_that_nobody_knows_has_no_colours(language):
    assert parts(CODE, language) == []


def test_what_is_very_long_is_coloured_at_its_beginning():
    assert 0 < len(parts("x = 1\n" * LONGEST, "python")) <= LONGEST // 6


async def test_code_gets_its_colours_once_it_is_seen():
    filler = tuple(Block("paragraph", f"Paragraph {n}.") for n in range(40))
    code = Block("code", CODE.strip(), language="python")
    async with reading(Article("x", "", "", blocks=(*filler, code))) as app:
        assert not app.view._code.colours
        before = app.view._viewport.layout
        await app.pilot.press("G")
        while not app.view._code.colours:
            await app.pilot.pause(0.005)
        await app.pilot.pause()
        strips = app.view.render_lines(app.view.size.region)
        line = next(strip for strip in strips if "def add" in strip.text)
        colour = {s.text: s.style.color for s in line}
        assert colour["def"] != colour["(a):"]
        assert app.view._viewport.layout is before


async def test_code_without_a_language_asks_for_no_colours():
    async with reading(Article("x", "", "", blocks=(Block("code", CODE),))) as app:
        await app.pilot.pause()
        assert list(app.workers) == []
        assert app.view._code.colours == {}
