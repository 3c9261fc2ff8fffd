"""Random articles, with everything in them that a terminal finds hard."""

from hypothesis import strategies as st

from annotator.model import Article, Block, Mark, Span
from annotator.model.text import clean_text

ATOMS = (
    *(
        "the ",
        "word ",
        "a—b ",
        "“quoted” ",
        "no\u00a0break ",
        "x" * 90 + " ",
        "https://x.org/a/b?c=d ",
    ),
    *("漢字かな交じり文。", "「引用」、", "한국어 문장 ", "ｶﾞｷﾞ", "กำลัง ", "क्षि ", "क्\u200dष "),
    *(
        "👨‍👩‍👧 ",
        "👍🏽",
        "🇺🇸🇫🇷🇩🇪 ",
        "❤️ ",
        "1️⃣ ",
        "🏳️‍🌈",
        "e\u0301a\u0308\u0323 ",
        "\u1112\u1161\u11ab ",
    ),
    *("שָׁלוֹם ", "مرحبا ", "\u200e", "\u200f ", "\u061c", "\u0301", "\u200d", "\ufe0f", "  ", " "),
    *("[red]x[/] ", "\x1b]52;c;QQ==\x07 ", "\x9b31m", "\u202eevil\u202c ", "é", "…", "-", "\u3000"),
)

KINDS = ("paragraph", "heading", "list_item", "quote", "code", "image", "footnote", "embed")


def texts(*, most: int = 16) -> st.SearchStrategy[str]:
    atoms = st.lists(st.sampled_from(ATOMS), max_size=most)
    return atoms.map(lambda parts: clean_text("".join(parts)).strip().replace("\t", " "))


def lines(*, most: int = 8) -> st.SearchStrategy[str]:
    return st.lists(texts(most=most), max_size=5).map("\n".join)


def tables() -> st.SearchStrategy[Block]:
    rows = st.lists(
        st.lists(texts(most=4), min_size=1, max_size=9).map("\t".join), min_size=1, max_size=4
    )
    return st.builds(
        lambda rows, header: Block("table", "\n".join(rows), header_rows=header),
        rows,
        st.integers(0, 1),
    )


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from((*KINDS, "rule", "table")))
    if kind == "table":
        return draw(tables())
    text = "" if kind == "rule" else draw(lines() if kind in {"code", "paragraph"} else texts())
    return Block(
        kind,
        text,
        level=draw(st.integers(1, 6)),
        marks=tuple(
            Mark(draw(st.sampled_from(("strong", "link", "superscript", "subscript"))), span)
            for span in draw(spans(len(text), most=3))
        ),
        depth=draw(st.integers(0, 6)),
        ordinal=draw(st.none() | st.integers(1, 1000)),
        quote_depth=draw(st.integers(0, 4)),
        label=draw(st.sampled_from(("", "1", "Post on X"))),
        alternative=draw(texts(most=3)),
        credit=draw(texts(most=6)),
    )


@st.composite
def spans(draw: st.DrawFn, length: int, *, most: int = 12) -> list[Span]:
    ends = st.lists(st.integers(0, length), min_size=2, max_size=2).map(sorted)
    return [Span(*pair) for pair in draw(st.lists(ends, max_size=most)) if pair[0] < pair[1]]


def pictures(article: Article) -> st.SearchStrategy[dict[int, tuple[int, int]]]:
    """Give the columns and lines of some of an article's images, as if they were drawn."""
    images = [index for index, block in enumerate(article.blocks) if block.kind == "image"]
    size = st.tuples(st.integers(1, 200), st.integers(1, 12))
    return st.dictionaries(st.sampled_from(images), size) if images else st.just({})


def articles(*, most: int = 5) -> st.SearchStrategy[Article]:
    return st.builds(
        lambda title, made: Article("x", "", title, byline=("A. Writer",), blocks=tuple(made)),
        texts(most=4),
        st.lists(blocks(), max_size=most),
    )
