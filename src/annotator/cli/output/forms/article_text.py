"""An article as plain text: one line per paragraph for a pipe, wrapped for a terminal."""

from collections.abc import Iterator

from annotator.cli.output import console
from annotator.cli.output.console import Piece, faint, strong
from annotator.cli.output.tables import aligned, cells, facts_line, wrapped
from annotator.model import Article, Block
from annotator.model.article import BETWEEN_CELLS
from annotator.model.identity import doi_in, is_web_address

NARROWEST = 20  # cells that text gets, however deep it is indented
ITEM_INDENT, CODE_INDENT = 2, 4

_RULE = "* * *"
_TABLE_RULE = "─"
_QUOTE_SIGN = "> "


def print_article(article: Article, *, widest: int = 0) -> None:
    """Print an article, on a terminal in lines of its width but at most `widest` cells."""
    room = max(NARROWEST, console.width())
    width = min(room, widest or room) if console.is_terminal() else 0
    for line in article_lines(article, width=width):
        console.echo(line)


def article_lines(article: Article, *, width: int = 0) -> Iterator[Piece]:
    """Yield the lines of an article, none wider than `width` cells unless that is 0."""
    yield from map(strong, wrapped(article.title, width) if article.title else [])
    day = article.published[: len("2024-01-31")]
    about = facts_line((", ".join(article.byline), article.site_name, day))
    yield from map(faint, wrapped(about, width) if about else [])
    if is_web_address(article.url):
        yield faint(article.url)
    if article.doi and doi_in(article.url) != article.doi:
        yield faint(f"doi:{article.doi}")
    for previous, block in zip((None, *article.blocks), article.blocks, strict=False):
        if previous is None or not previous.kind == block.kind == "list_item":
            yield ""
        margin = _QUOTE_SIGN * max(block.quote_depth, int(block.kind == "quote"))
        inner = max(NARROWEST, width - len(margin)) if width else 0
        for line in _LINES.get(block.kind, _prose)(block, inner):
            text = f"{margin}{line}".rstrip()
            yield strong(text) if block.kind == "heading" else text


def _prose(block: Block, width: int) -> list[str]:
    return _set_in(block.text, width, " " * (ITEM_INDENT * block.depth))


def _item(block: Block, width: int) -> list[str]:
    sign = block.label or ("•" if block.ordinal is None else f"{block.ordinal}.")
    indent = " " * (ITEM_INDENT * max(0, block.depth - 1))
    return _set_in(block.text, width, indent, f"{sign} ")


def _image(block: Block, width: int) -> list[str]:
    caption = block.text or block.alternative
    credit = f"({block.credit})" if block.credit and block.credit not in caption else ""
    said = " ".join(filter(None, (caption, credit)))
    return wrapped(f"[Photo: {said}]" if said else "[Photo]", width)


def _embed(block: Block, width: int) -> list[str]:
    label = block.label or "Embedded"
    said = " ".join(filter(None, (block.text, block.source)))
    return wrapped(f"[{label}: {said}]" if said else f"[{label}]", width)


def _table(block: Block, _width: int) -> list[str]:
    lines = aligned([line.split(BETWEEN_CELLS) for line in block.text.split("\n")])
    head, body = lines[: block.header_rows], lines[block.header_rows :]
    rule = [_TABLE_RULE * max(map(cells, lines))] if head and not console.is_spoken() else []
    return [*head, *rule, *body]


_LINES = {
    "list_item": _item,
    "image": _image,
    "embed": _embed,
    "footnote": lambda block, width: _set_in(block.text, width, "", f"[{block.label}] "),
    "code": lambda block, _width: [f"{' ' * CODE_INDENT}{line}" for line in block.text.split("\n")],
    "rule": lambda _block, _width: [_RULE],
    "table": _table,
}


def _set_in(text: str, width: int, indent: str, marker: str = "") -> list[str]:
    margin = indent + " " * len(marker)
    lines = wrapped(text, max(NARROWEST, width - len(margin)) if width else 0)
    return [f"{indent}{marker}{lines[0]}", *(f"{margin}{line}" for line in lines[1:])]
