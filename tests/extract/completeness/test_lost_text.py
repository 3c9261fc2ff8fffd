"""Text that cleaning may have lost: how much is counted, and the words of the label."""

import pytest
from msgspec.structs import replace

from annotator.extract import extract
from annotator.extract.blocks.walker import read_passages
from annotator.extract.choice.density import measure
from annotator.extract.completeness.lost_text import (
    may_be_text,
    remarks_on_lines,
    signs_of_lost_offer,
    signs_of_lost_text,
)
from annotator.extract.dom.parse import parse
from annotator.extract.kinds.threads import BESIDE_THE_POSTS
from annotator.extract.passages import ArticleDraft, Rule
from annotator.extract.residue.endings import AUTHOR_NOTE
from annotator.model import Page

MANY = 12
WORDS = "Nobody in the valley could remember the water as high as that, said number {}, in rain."


def draft_of(*parts):
    """Return a draft of a page with parts: how many paragraphs, likelihood, and step if removed."""
    paragraphs = [(part, number) for part in parts for number in range(part[0])]
    lines = [WORDS.format(f"{at} {part[1]}") for at, (part, _) in enumerate(paragraphs)]
    body = "".join(f"<p>{line}</p>" for line in lines)
    passages, regions = read_passages(parse(f"<body><div>{body}</div></body>"))
    measure(passages, regions)
    for passage, ((_, likelihood, *step), _) in zip(passages, paragraphs, strict=True):
        passage.likelihood = likelihood
        passage.verdict = Rule(step[0], "box-x", "It is in a box.") if step else None
    return ArticleDraft(passages, regions)


def signs(*parts):
    return list(signs_of_lost_text(draft_of(*parts)))


@pytest.mark.parametrize("step", ["comments", "related", "outside", "navigation"])
def test_many_removed_paragraphs_that_may_be_text_are_told_with_their_place(step):
    (sign,) = signs((MANY, 1.0), (MANY, 0.3, step))
    assert sign.startswith("Cleaning removed 50 % of what may be the text of the article, ")
    assert "most of it below the text" in sign
    assert WORDS[:40] in sign


@pytest.mark.parametrize("step", ["repeated", "site", "reader", "hidden"])
def test_what_the_reader_or_the_page_chose_is_not_lost(step):
    assert signs((MANY, 1.0), (MANY, 0.9, step)) == []


def test_comments_that_the_scorer_rules_out_are_not_lost():
    assert signs((MANY, 1.0), (5 * MANY, 0.04, "comments")) == []


def test_a_twentieth_of_the_text_beside_it_is_much():
    assert signs((2 * MANY, 1.0), (MANY // 3, 0.35, "related"))
    assert signs((2 * MANY, 1.0), (MANY // 3, 0.25, "related")) == []


def test_a_notice_of_consent_is_not_lost():
    assert signs((MANY, 1.0), (MANY, 0.3, "cookie")) == []


def test_less_is_much_in_the_middle_of_the_text():
    some = (MANY // 3, 0.3, "outside")
    assert signs((2 * MANY, 1.0), some) == []
    (sign,) = signs((MANY, 1.0), some, (MANY, 1.0))
    assert "most of it in the middle of the text" in sign


def test_a_little_is_not_told():
    assert signs((2, 1.0), (1, 0.9, "author")) == []
    assert signs((MANY, 1.0), (1, 0.9, "outside"), (MANY, 1.0)) == []


def test_short_lines_in_the_middle_count_though_none_is_likely():
    (sign,) = signs((MANY, 1.0), (MANY // 2, 0.12, "outside"), (MANY, 1.0))
    assert sign.startswith("Cleaning removed 6 lines that may belong to the text")
    assert WORDS[:40] in sign


def test_a_line_in_the_middle_is_told_of_a_full_text():
    draft = draft_of((MANY, 1.0), (1, 0.12, "outside"), (MANY, 1.0))
    assert list(signs_of_lost_text(draft)) == []
    (remark,) = remarks_on_lines(draft)
    assert remark.startswith("Cleaning removed a line that may belong to the text")


@pytest.mark.parametrize("step", ["sign_in", "repeated", "related"])
def test_prompts_repetitions_and_boxes_in_the_middle_are_not_told(step):
    assert not [*remarks_on_lines(draft_of((MANY, 1.0), (1, 0.12, step), (MANY, 1.0)))]


def test_tables_in_the_middle_count_whatever_their_likelihood(prose):
    story = "".join(f"<p>{text}</p>" for text in prose)
    rows = "".join(f"<tr><td>Gauge {number}</td><td>3.4 m</td></tr>" for number in range(30))
    passages, regions = read_passages(
        parse(f"<body><div>{story}<table>{rows}</table>{story}</div></body>")
    )
    measure(passages, regions)
    (table,) = (passage for passage in passages if passage.block.kind == "table")
    table.verdict = Rule("outside", "unlikely", "It does not read like part of the article.")
    (sign,) = signs_of_lost_text(ArticleDraft(passages, regions))
    assert "in the middle of the text, such as “Gauge 0" in sign


def test_text_that_the_article_has_elsewhere_is_not_lost():
    draft = draft_of((MANY, 1.0), (MANY, 0.9, "related"))
    for kept, removed in zip(draft.passages[:MANY], draft.passages[MANY:], strict=True):
        removed.block = kept.block
    assert list(signs_of_lost_text(draft)) == []


def test_a_page_without_text_lost_none():
    assert signs((MANY, 0.9, "related")) == []


@pytest.mark.parametrize(
    ("words", "likelihood", "expected"),
    [
        (WORDS, 0.3, True),
        (WORDS, 0.01, False),
        ("Sign in here to read more.", 0.9, False),
        ("You have 3 free articles left.", 0.9, False),
    ],
)
def test_lines_of_the_site_are_no_text_whatever_their_likelihood(words, likelihood, expected):
    passages, _ = read_passages(parse(f"<body><div><p>{words}</p></div></body>"))
    (passage,) = passages
    passage.likelihood = likelihood
    passage.verdict = Rule("outside", "unlikely", "It does not read like part of the article.")
    assert may_be_text(passage) == expected


def test_much_text_that_the_page_hides_amid_the_rest_is_told(prose):
    shown = "".join(f"<p>{text}</p>" for text in prose)
    hidden = "".join(f"<p hidden>{WORDS.format(number)}</p>" for number in range(3 * MANY))
    passages, regions = read_passages(parse(f"<body><div>{shown}{hidden}{shown}</div></body>"))
    measure(passages, regions)
    for passage in passages:
        passage.verdict = passage.region.hidden
    (sign,) = signs_of_lost_text(ArticleDraft(passages, regions))
    assert sign.startswith("The page hides ")
    assert WORDS[:40] in sign


def test_what_stands_above_the_posts_of_a_thread_is_not_lost():
    draft = draft_of((MANY, 0.5, "thread"), (MANY, 1.0))
    assert list(signs_of_lost_text(draft))
    draft.is_thread = True
    assert list(signs_of_lost_text(draft)) == []


def test_a_row_of_labels_and_numbers_is_no_text():
    draft = draft_of((MANY, 1.0), (1, 0.9, "outside"), (MANY, 1.0))
    lost = draft.passages[MANY]
    languages = ("English", "Polish", "Czech", "Danish", "Dutch", "Greek", "Thai", "Korean")
    told = [f"{name} Very Positive ({at}88,028)" for at, name in enumerate(languages * 3)]
    lost.block = replace(lost.block, text=" ".join(told))
    assert list(signs_of_lost_text(draft)) == []
    lost.block = replace(
        lost.block, text=" ".join(told).translate(str.maketrans("", "", "0123456789"))
    )
    assert list(signs_of_lost_text(draft))


@pytest.mark.parametrize(
    ("judge", "likelihood", "is_told"),
    [
        ("wording", 0.9, True),
        ("wording", 0.6, False),
        ("endings", 0.6, True),
        ("lines", 0.6, False),
        ("lines", 0.8, True),
    ],
)
def test_what_rules_on_wording_took_is_told_if_the_scorer_takes_it_for_text(
    judge, likelihood, is_told
):
    draft = draft_of((MANY, 1.0), (1, likelihood, "related"))
    draft.passages[-1].judge = judge
    draft.passages[-1].verdict = Rule("related", "learned", "It reads like a line of the site.")
    assert bool([*remarks_on_lines(draft)]) == is_told


@pytest.mark.parametrize(
    ("likelihood", "is_article", "is_told"),
    [(0.31, True, True), (0.25, True, False), (0.25, False, True), (0.15, False, False)],
)
def test_a_line_below_the_text_is_told_if_it_is_likely(likelihood, is_article, is_told):
    draft = draft_of((MANY, 1.0), (1, likelihood, "outside"))
    draft.is_article = is_article
    assert bool([*remarks_on_lines(draft)]) == is_told


@pytest.mark.parametrize("is_article", [True, False])
def test_a_teaser_that_is_a_link_is_told_only_of_a_page_that_is_no_article(is_article):
    draft = draft_of((MANY, 1.0), (1, 0.05, "related"), (MANY, 1.0))
    teaser = draft.passages[MANY]
    teaser.verdict = Rule("related", "teasers", "One of many teasers for other articles.")
    teaser.linked, draft.is_article = len(teaser.text), is_article
    assert bool([*remarks_on_lines(draft)]) is not is_article


@pytest.mark.parametrize("judge", ["wording", ""])
def test_a_plea_that_nobody_could_miss_is_not_told(judge):
    draft = draft_of((MANY, 1.0), (1, 0.6, "outside"), (MANY, 1.0))
    plea = draft.passages[MANY]
    plea.judge = judge
    assert [*remarks_on_lines(draft)]
    words = "Did you like this? Then subscribe to our free newsletter now, and never miss a story!"
    plea.block = replace(plea.block, text=words)
    assert not [*remarks_on_lines(draft)]


def test_the_three_longest_lines_are_quoted_in_their_order():
    draft = draft_of((MANY, 1.0), (5, 0.3, "outside"), (MANY, 1.0))
    names = ("the mill", "the upper mill", "the lower mill", "a mill", "the mill of the parish")
    for name, passage in zip(names, draft.passages[MANY : MANY + 5], strict=True):
        passage.block = replace(passage.block, text=name)
    (remark,) = remarks_on_lines(draft)
    assert remark.endswith("“the upper mill”, “the lower mill”, “the mill of the parish”")


@pytest.mark.parametrize("rule", [BESIDE_THE_POSTS, AUTHOR_NOTE])
def test_signatures_and_notes_on_the_author_are_no_loss(rule):
    draft = draft_of((MANY, 1.0), (MANY, 0.5, "outside"), (MANY, 1.0))
    assert [*signs_of_lost_text(draft)]
    for passage in draft.passages:
        passage.verdict = passage.verdict and rule
    assert not [*signs_of_lost_text(draft)]


def test_teasers_in_the_middle_are_told_and_more_of_them_than_text_are_much():
    teasers = Rule("related", "teasers", "One of many teasers for other articles.")
    draft = draft_of((MANY, 1.0), (1, 0.05, "related"), (MANY, 1.0), (4 * MANY, 0.05, "related"))
    for passage in draft.passages:
        passage.verdict = passage.verdict and teasers
    (sign,) = signs_of_lost_text(draft)
    assert sign == "Cleaning removed more text as teasers or comments than it kept."
    draft.passages = draft.passages[: 2 * MANY + 1]
    assert not [*signs_of_lost_text(draft)]
    assert [*remarks_on_lines(draft)]


@pytest.mark.parametrize(("path", "is_told"), [("forum/ferries", True), ("2031/ferries", False)])
def test_comments_at_the_address_of_a_forum_that_are_more_than_the_text_are_told(path, is_told):
    draft = draft_of((MANY, 1.0), (3 * MANY, 0.05, "comments"))
    assert bool([*signs_of_lost_text(draft, f"https://valley.example/{path}")]) == is_told


def test_ten_short_lines_amid_the_text_make_it_partial():
    draft = draft_of((MANY, 1.0), (10, 0.3, "outside"), (MANY, 1.0))
    for name, passage in zip("abcdefghij", draft.passages[MANY : MANY + 10], strict=True):
        passage.block = replace(passage.block, text=f"the mill {name}")
    assert list(signs_of_lost_text(draft)) == [
        (
            "Cleaning removed 10 lines that may belong to the text: “the mill a”, “the mill b”, "
            "“the mill c”"
        )
    ]


@pytest.mark.parametrize(("step", "is_told"), [("navigation", True), ("newsletter", False)])
def test_a_fifth_of_an_offer_is_much_however_likely_each_passage_is(step, is_told):
    draft = draft_of((MANY, 1.0), (MANY // 2, 0.12, step))
    assert bool([*signs_of_lost_offer(draft)]) is is_told
    assert [*signs_of_lost_text(draft)] == []


@pytest.mark.parametrize(("many", "is_told"), [(30, True), (29, False)])
def test_thirty_links_amid_the_text_make_it_partial(many, is_told):
    draft = draft_of((MANY, 1.0), (many, 0.1, "outside"), (MANY, 1.0))
    for number, passage in enumerate(draft.passages[MANY : MANY + many]):
        passage.block = replace(
            passage.block, text=f"The mills of the town of {number}x and of all of its people"
        )
        passage.linked = len(passage.text)
    assert bool([*signs_of_lost_text(draft)]) is is_told


def test_a_short_line_that_words_took_amid_the_text_is_told():
    draft = draft_of((MANY, 1.0), (1, 0.9, "subscribe"), (MANY, 1.0))
    line = draft.passages[MANY]
    line.block, line.judge = replace(line.block, text="A tenth off all mills"), "wording"
    (told,) = remarks_on_lines(draft)
    assert "A tenth off all mills" in told


@pytest.mark.parametrize(("price", "is_told"), [("$449.00", True), ("$0.00", False)])
def test_a_price_below_the_title_that_was_left_out_is_told(prose, price, is_told):
    story = "".join(f"<p>{text}</p>" for text in prose)
    page = (
        f"<title>The course</title><div class=top><h1>The course</h1><div>{price}</div></div>"
        f"<div class=cols><article>{story}</article></div>"
    )
    evidence = extract(Page("https://a.example/course", page)).completeness.evidence
    assert (f"Cleaning left out what it may cost: “{price}”" in evidence) is is_told


def test_the_title_that_comes_again_is_not_lost():
    draft = draft_of((MANY, 1.0), (1, 0.12, "outside"), (MANY, 1.0))
    assert [*remarks_on_lines(draft)]
    draft.title = next(passage.text for passage in draft.passages if passage.verdict)
    assert not [*remarks_on_lines(draft)]


def test_a_link_that_names_another_article_by_its_words_is_not_told():
    draft = draft_of((MANY, 1.0), (1, 0.9, "outside"), (MANY, 1.0))
    assert [*remarks_on_lines(draft)]
    link = draft.passages[MANY]
    link.verdict, link.judge = Rule("related", "see-also", "A link to another article."), "lines"
    assert not [*remarks_on_lines(draft)]
