"""Overrides of the reader, and the explanation of each passage."""

import pytest

from annotator.extract import explain, extract
from annotator.model import MARKDOWN, NO_OVERRIDES, PLAIN_TEXT, Page
from annotator.model.overrides import name_of

URL = "https://herald.example/flood"
METER = "You have 3 free articles left."


@pytest.fixture
def page(prose):
    above = "<nav><a href=/>Home</a><ul><li>World</li><li>Sport</li></ul></nav>"
    story = "".join(f"<p>{text}</p>" for text in prose)
    body = f"{above}<article><h1>The flood</h1><p>{METER}</p>{story}<p>{METER}</p></article>"
    return Page(URL, f"<html lang=en><title>The flood</title><body>{body}</body></html>")


def texts(extraction):
    return [block.text for block in extraction.article.blocks]


def entry_of(extraction, text):
    return next(entry for entry in extraction.removals if entry.text == text)


def test_a_restored_passage_returns_to_its_place(page, prose):
    entry = entry_of(extract(page), METER)
    chosen = extract(page, choices=NO_OVERRIDES.keeping(entry.passages))
    assert texts(chosen) == [METER, *prose]
    assert chosen.choices.kept == entry.passages


def test_only_the_chosen_one_of_equal_passages_is_restored(page, prose):
    last = [entry for entry in extract(page).removals if entry.text == METER][-1]
    assert texts(extract(page, choices=NO_OVERRIDES.keeping(last.passages))) == [*prose, METER]


def test_a_part_of_the_page_is_restored_as_a_whole(page, prose):
    entry = entry_of(extract(page), "Home\nWorld\nSport")
    chosen = extract(page, choices=NO_OVERRIDES.keeping(entry.passages))
    assert texts(chosen) == ["Home", "World", "Sport", *prose]


def test_a_passage_that_the_reader_removed_is_in_the_ledger(page, prose):
    chosen = extract(page, choices=NO_OVERRIDES.removing([name_of(prose[1])]))
    assert texts(chosen) == [prose[0], *prose[2:]]
    entry = entry_of(chosen, prose[1])
    assert (entry.step, entry.rule, entry.before) == ("reader", "taken-away", 1)
    assert entry.passages == (name_of(prose[1]),)


def test_an_override_for_a_missing_passage_changes_nothing(page):
    chosen = extract(page, choices=NO_OVERRIDES.keeping(["0123456789ab"]))
    assert texts(chosen) == texts(extract(page))


def test_a_paragraph_outside_the_article_has_its_own_entry(prose):
    outside = f"<footer><p>Imprint</p><p>{prose[3]}</p><p>Contact</p></footer>"
    story = "".join(f"<p>{text}</p>" for text in prose[:3] * 3)
    extraction = extract(Page(URL, f"<body><article>{story}</article>{outside}</body>"))
    assert prose[3] in [entry.text for entry in extraction.removals]


@pytest.mark.parametrize("media_type", [PLAIN_TEXT, MARKDOWN])
def test_overrides_apply_to_plain_text_as_well(media_type, prose):
    page = Page(URL, "\n\n".join(["# The flood", METER, *prose]), media_type)
    entry = entry_of(extract(page), METER)
    assert METER in texts(extract(page, choices=NO_OVERRIDES.keeping(entry.passages)))


@pytest.mark.parametrize(
    ("line", "rule", "reason"),
    [
        (
            "<p>Donate blood twice a year, the clinic advises.</p>",
            "kept-by-score",
            "Matched donation, kept by the score.",
        ),
        ("<h2>Newsletters</h2>", "kept-by-place", "Matched newsletter, kept by the place."),
    ],
)
def test_a_line_that_a_family_matches_says_what_kept_it(line, rule, reason, prose):
    page = Page(URL, f"<body><article><p>{prose[0]}</p>{line}<p>{prose[1]}</p></article></body>")
    text = line.partition(">")[2].partition("<")[0]
    judgement = next(each for each in explain(page) if each.text == text)
    assert (judgement.is_kept, judgement.rule, judgement.reason) == (True, rule, reason)


def test_a_line_that_no_family_matches_says_that_the_score_removed_it(prose):
    line = "Mehr über die App erfahren Sie hier"
    story = "".join(f"<p>{text}</p>" for text in (prose[0], line, prose[1]))
    page = Page(URL, f"<body><article>{story}</article></body>")
    judgement = next(each for each in explain(page) if each.text == line)
    assert (judgement.rule, judgement.is_kept) == ("learned", False)
    assert judgement.reason.endswith("Removed by the score.")


def test_every_passage_has_a_decision_a_rule_and_a_probability(page, prose):
    judgements = explain(page)
    assert [each.text for each in judgements if each.is_kept] == texts(extract(page))
    kept = next(each for each in judgements if each.text == prose[0])
    assert (kept.step, kept.rule, kept.kind) == ("choose", "chosen", "paragraph")
    assert 0.5 < kept.score <= 1
    dropped = next(each for each in judgements if each.text == METER)
    assert (dropped.step, dropped.is_kept) == ("meter", False)
    assert all(each.reason.endswith(".") for each in judgements)


def test_the_passages_come_in_the_order_of_the_page(page, prose):
    order = ["Home", "World", "Sport", "The flood", METER, *prose, METER]
    assert [each.text for each in explain(page)] == order


def test_a_passage_that_the_reader_chose_says_so(page, prose):
    entry = entry_of(extract(page), METER)
    choices = NO_OVERRIDES.keeping(entry.passages).removing([name_of(prose[0])])
    judged = {each.text: each for each in explain(page, choices=choices)[:-1]}
    assert (judged[METER].rule, judged[METER].is_kept) == ("put-back", True)
    assert (judged[prose[0]].rule, judged[prose[0]].is_kept) == ("taken-away", False)
