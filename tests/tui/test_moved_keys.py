"""The keys that moved when a letter got one meaning: what says so, and the keys of before."""

from datetime import timedelta

import pytest

from annotator.settings import Settings
from annotator.tui.keys.keymap import Keymap, news
from annotator.usecases.marks.annotate import Draft, mark
from builders import MOMENT, find_span


@pytest.fixture
def claim(library, keep):
    """Keep an article with a claim, and return the claim."""
    article = keep()
    span = find_span(article.text, "The union disagrees")
    return mark(library, article, span, Draft("claim"), now=MOMENT)


def said(library, state, *, days, settings=Settings()):  # noqa: B008  it is frozen
    return news(Keymap(), settings, state, library, now=MOMENT + timedelta(days=days))


def test_that_keys_have_moved_is_said_once_to_who_knows_the_old_ones(library, keep, tmp_path):
    keep()
    assert 'keymap = "classic"' in said(library, tmp_path, days=3)
    assert not said(library, tmp_path, days=4)


def test_a_newcomer_is_not_told_of_keys_that_have_moved(library, keep, tmp_path):
    keep()
    assert not said(library, tmp_path, days=0)
    assert not said(library, tmp_path, days=3)


def test_who_has_the_classic_keys_is_told_nothing(library, keep, tmp_path):
    keep()
    assert not said(library, tmp_path, days=3, settings=Settings(keymap="classic"))


async def test_a_digit_is_a_kind_in_lists_as_in_the_text(library, claim, visit):
    async with visit() as reader:
        await reader.press("C")
        await reader.sees("The union disagrees")
        await reader.press("3")
        await reader.until(lambda: library.annotation(claim.id).kind == "question")
        await reader.press("9")
        await reader.until(lambda: "No kind of mark has the key 9." in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: library.annotation(claim.id).kind == "claim")


async def test_a_digit_of_the_settings_without_a_status_says_so(library, claim, visit):
    keys = {"claims.status": ("6", "7"), "claims.kind": ("K",)}
    async with visit(settings=Settings(keys=keys)) as reader:
        await reader.press("C")
        await reader.sees("The union disagrees")
        await reader.press("6")
        await reader.until(lambda: library.annotation(claim.id).status == "unverifiable")
        await reader.press("7")
        await reader.until(lambda: "No status has the number 7." in reader.toasts)
        assert library.annotation(claim.id).status == "unverifiable"


async def test_with_the_classic_keys_letters_mean_what_they_meant(library, claim, visit):
    async with visit(settings=Settings(keymap="classic")) as reader:
        await reader.press("m")
        await reader.until(lambda: library.records()[0].state == "read")
        await reader.press("C")
        await reader.sees("The union disagrees", "1…6 Status")
        await reader.press("5")
        await reader.until(lambda: library.annotation(claim.id).claim.status == "refuted")
        await reader.press("K", "3")
        await reader.until(lambda: library.annotation(claim.id).kind == "question")
        await reader.press("d")
        await reader.sees("Daily review")
        await reader.press("q", "q", "enter")
        await reader.sees("READ")
        await reader.press("T")
        await reader.sees("CONTENTS")


async def test_a_key_that_cannot_act_says_where_it_does(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("w")
        await reader.until(lambda: "Wrap or unwrap code: z now." in reader.toasts)
        await reader.press("J")
        await reader.until(lambda: "Sentence mode (s): Extend by a sentence" in reader.toasts)
        await reader.press("escape", "enter")
        await reader.until(lambda: "Mark as a claim" in reader.toasts)
