"""The two lines of a mark in the list of claims."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from annotator.model import ArticleRecord, Claim
from annotator.settings import Settings
from annotator.store import Marked
from annotator.tui.claims.rows import RowExtra, RowStyle, head_line, mark_lines
from annotator.tui.claims.view import ClaimsView
from builders import MOMENT, make_annotation, make_article

TITLE = "A bridge over the river and what became of it in the years after the flood"
STYLE = RowStyle({kind.name: kind for kind in Settings().kinds}, MOMENT, "none")


def second_line(tags: int, width: int) -> str:
    article = make_article("Costs fell by nine percent in 2023.")
    claim = Claim(speaker="Ada Lund", status="disputed")
    mark = replace(
        make_annotation(article, "Costs fell"),
        claim=claim,
        tags=tuple(f"tag{number}" for number in range(tags)),
    )
    record = ArticleRecord(id=article.id, url=article.url, title=TITLE)
    _, line = mark_lines(Marked(record, mark), STYLE, width, RowExtra())
    return "".join(text for text, _ in line)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160])
@pytest.mark.parametrize("tags", [0, 2, 30])
def test_a_line_is_as_wide_as_the_list(tags, width):
    assert cell_len(second_line(tags, width)) in (width - 1, width)


@pytest.mark.parametrize(
    ("width", "words"),
    [(60, "Costs are down “Costs fell”"), (29, "Costs are down “Costs…”"), (19, "Costs are do…")],
)
def test_a_claim_begins_with_how_its_user_states_it(width, words):
    article = make_article("Costs fell by nine percent in 2023.")
    claim = Claim(statement="Costs are down")
    mark = replace(make_annotation(article, "Costs fell"), claim=claim)
    record = ArticleRecord(id=article.id, url=article.url, title=TITLE)
    first, _ = mark_lines(Marked(record, mark), STYLE, width, RowExtra())
    assert "".join(text for text, _ in first).strip("◆○ ") == words


def test_the_title_is_shown_whole_where_there_is_room():
    assert TITLE in second_line(0, 130)


def test_a_title_keeps_its_share_of_a_line_that_is_full_of_tags():
    line = second_line(30, 100)
    assert "A bridge over the" in line
    assert TITLE not in line
    assert "Ada Lund" in line


@pytest.mark.parametrize(
    ("typed", "role"), [("tag:food status:open", "query"), ("tag:food status:", "problem")]
)
def test_a_query_with_a_mistake_does_not_look_like_a_whole_one(typed, role):
    line = head_line(ClaimsView().typed(typed), 3, 100)
    assert [piece.role for piece in line if piece.text.strip() == typed] == [role]
