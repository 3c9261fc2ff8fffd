"""Snapshots of the screens. `make snapshots` updates them; look at them before you commit."""

import os
from datetime import timedelta

import pytest
from msgspec.structs import replace

from annotator.model import Removal
from annotator.model.feed import Feed, InboxRow
from annotator.settings import Settings
from annotator.settings.choices import remember
from annotator.store import FEEDS, INBOX, FeedMemory, FeedState, Position
from annotator.tui.app import AnnotatorApp
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span, make_article, make_extraction, make_page
from viewing import text_of

STORY = """Costs fell by nine percent in 2023, and the city saved 1.4 million. \
The mayor called it a triumph. Nobody asked her why it had taken four years.

# What it cost

The union disagrees: wages fell as well. It counted them twice, once in June \
and once in the autumn, and came to the same figure both times.

> We were promised a bridge. We got a ferry with a timetable.

# What came of it

- The bridge was built in the end.
- It cost more than anyone had said it would.
"""


STEADY = 6  # looks in a row that show the same
PATIENCE = 1_000  # looks before a test gives up


@pytest.fixture
def filled(library):
    """Keep three articles, one of them with marks and half read."""
    details = (
        ("The bridge that was promised", "The Harbour Review", "full"),
        ("Eels return to the Marrow River after 40 years", "Tidewater Ledger", "full"),
        ("A very long title that goes on until the screen has no more room", "", "partial"),
    )
    for number, (title, site, access) in enumerate(details):
        url = f"https://example.org/{number}"
        article = make_article(
            STORY,
            title=title,
            url=url,
            site_name=site,
            published="2026-03-01",
            byline=("Ada Bell",),
        )
        now = MOMENT - timedelta(days=number)
        library.store(make_extraction(article, access=access), make_page(url=url), now=now)
        if not number:
            _mark(library, article)
    return library


def _mark(library, article):
    marks = (
        ("Costs fell by nine percent", Draft("claim", ("costs", "city/budget"), "Ask her.")),
        ("It counted them twice", Draft("question")),
        ("We got a ferry", Draft("evidence", ("bridge",))),
    )
    for quote, draft in marks:
        annotate.mark(library, article, find_span(article.text, quote), draft, now=MOMENT)
    library.positions.save(article.id, Position(0, 0.42))


@pytest.fixture
def revised(filled):
    """Keep a later version of the article with marks: one is reworded, one lost."""
    [before] = [each for each in filled.records() if "bridge" in each.title]
    text = STORY.replace("nine percent", "ten percent").replace("We got a ferry", "Nobody came")
    text = text.replace(" with a timetable", "")
    article = make_article(text, title=before.title, url=before.url)
    later = MOMENT + timedelta(days=9)
    filled.store(make_extraction(article), make_page(url=before.url, fetched_at=later), now=later)
    return filled


def app(library, theme, *, title=""):
    records = library.records()
    article = next((each.id for each in records if title and title in each.title), None)
    settings = Settings(theme=theme)
    state = library.folder.parent / "state"
    remember(state, "keys_news", "", "moved")
    return AnnotatorApp(library, settings, article_id=article, state=state, now=lambda: MOMENT)


def after(*steps):
    """Press keys once the screen is there; a step that begins with a question mark is awaited."""

    async def press(pilot):
        for _ in range(PATIENCE):
            if pilot.app.has_started:
                break
            await pilot.pause(0.01)
        for step in steps:
            if step.startswith("?"):
                await seen(pilot, step[1:])
            else:
                await pilot.press(step)
        await at_rest(pilot)

    return press


async def seen(pilot, words):
    """Wait until words are on the screen, whatever the space between them; fail after a while."""
    for _ in range(PATIENCE):
        if words in " ".join(text_of(pilot.app).split()):
            return
        await pilot.pause(0.01)
    pytest.fail(f"“{words}” did not appear in:\n{text_of(pilot.app)}")


async def at_rest(pilot):
    """Wait until the screen has stayed the same for a while."""
    shown: list[str] = []
    while len(shown) < STEADY or len(set(shown[-STEADY:])) > 1:
        if len(shown) == PATIENCE:
            pytest.fail("The screen does not come to rest.")
        shown.append(text_of(pilot.app))
        await pilot.pause(0.05)


def test_the_library_at_night(filled, snap_compare):
    press = after("?42% 3", "j")
    assert snap_compare(app(filled, "night"), terminal_size=(100, 16), run_before=press)


def test_selected_articles_with_all_columns_on_paper(filled, snap_compare):
    press = after("?42% 3", "tab", "v", "v", "?2 SELECTED")
    assert snap_compare(app(filled, "paper"), terminal_size=(160, 12), run_before=press)


def test_the_bin_in_high_contrast(filled, snap_compare):
    for record in filled.records():
        filled.trash(record.id)
        os.utime(filled.folder / "bin" / record.id, (MOMENT.timestamp(), MOMENT.timestamp()))
    press = after("?Your library is empty.", "B", "?BIN", "V", "?SELECTED")
    assert snap_compare(app(filled, "high-contrast"), terminal_size=(80, 12), run_before=press)


def test_the_inbox_by_feeds_on_paper(filled, snap_compare):
    for number, name in enumerate(("River news", "The Harbour Review")):
        feed, date = f"ab1{number}", MOMENT - timedelta(days=number)
        filled.catalog.put(FEEDS, {feed: Feed("https://a.example/", MOMENT, name)}, now=MOMENT)
        rows = {
            f"{feed}{at}": InboxRow(feed, MOMENT, title, published=date)
            for at, title in enumerate(
                ("Eels return", "A very long title that goes on and on " * 3)
            )
        }
        filled.catalog.put(INBOX, rows, now=MOMENT)
        with FeedMemory(filled.state) as memory:
            memory.remember({feed: FeedState(MOMENT, MOMENT, error="It timed out." * number)})
    press = after("?inbox 4", "W", "?4 entries", "w", "v", "?SELECTED")
    assert snap_compare(app(filled, "paper"), terminal_size=(80, 14), run_before=press)


def test_an_empty_library_on_paper(library, snap_compare):
    press = after("?Your library is empty.")
    assert snap_compare(app(library, "paper"), terminal_size=(80, 20), run_before=press)


def test_a_marked_sentence_on_paper(filled, snap_compare):
    reading, press = app(filled, "paper", title="bridge"), after("?READ", "s", "?t Tags")
    assert snap_compare(reading, terminal_size=(80, 24), run_before=press)


def test_the_list_of_marks_beside_a_wide_text_at_night(filled, snap_compare):
    reading, press = app(filled, "night", title="bridge"), after("?READ", "tab", "?MARKS", "down")
    assert snap_compare(reading, terminal_size=(150, 30), run_before=press)


def test_the_claims_beside_the_details_of_one_at_night(filled, snap_compare):
    press = after("?42% 3", "C", "?Ask her.")
    assert snap_compare(app(filled, "night"), terminal_size=(100, 20), run_before=press)


def test_the_tag_picker_on_a_narrow_screen(filled, snap_compare):
    reading = app(filled, "night", title="bridge")
    press = after("?READ", "s", "?t Tags", "t", "?city/budget", "c", "i", "?ci ")
    assert snap_compare(reading, terminal_size=(60, 20), run_before=press)


def test_the_fields_of_a_claim_in_high_contrast(filled, snap_compare):
    reading = app(filled, "high-contrast", title="bridge")
    press = after("?READ", "s", "?t Tags", "e", "?Verdict", "tab")
    assert snap_compare(reading, terminal_size=(80, 24), run_before=press)


REMOVALS = (
    Removal(
        "navigation",
        "nav-element",
        "The page marks it as a part of its frame.",
        "Politics\nEnergy\nCities",
        0,
    ),
    Removal(
        "meter",
        "articles-left",
        "It counts the articles that you may still read for nothing.",
        "You have 3 articles remaining.",
        1,
    ),
    Removal(
        "outside",
        "unlikely",
        "It does not read like a part of the article.",
        "A correction was made on 4 March: an earlier version gave the length of the bridge in "
        "feet, and the name of the engineer as it was before she married.",
        3,
    ),
)


@pytest.fixture
def cleaned(library):
    """Keep an article from whose page a menu, a counter and a paragraph were removed."""
    article = make_article(
        STORY, title="The bridge that was promised", site_name="The Harbour Review"
    )
    library.store(make_extraction(article, removals=REMOVALS), make_page(), now=MOMENT)
    return library


@pytest.mark.parametrize("theme", ["night", "paper"])
@pytest.mark.parametrize("size", [(60, 20), (100, 30)])
def test_what_was_removed_folded_open(cleaned, snap_compare, theme, size):
    reading = app(cleaned, theme, title="bridge")
    press = after("?READ", "R", "?Politics", ")", ")", "?▌ ┊ You have")
    assert snap_compare(reading, terminal_size=size, run_before=press)


def test_what_changed_over_a_narrow_text_at_night(revised, snap_compare):
    reading, press = app(revised, "night", title="bridge"), after("?READ", "W", "?nine → ten")
    assert snap_compare(reading, terminal_size=(60, 20), run_before=press)


def test_marks_to_reattach_side_by_side_on_paper(revised, snap_compare):
    reading, press = app(revised, "paper", title="bridge"), after("?READ", "M", "?2 MARKS", "j")
    assert snap_compare(reading, terminal_size=(100, 24), run_before=press)


def test_marks_to_reattach_one_above_the_other_in_high_contrast(revised, snap_compare):
    reading = app(revised, "high-contrast", title="bridge")
    press = after("?READ", "M", "?2 MARKS")
    assert snap_compare(reading, terminal_size=(60, 20), run_before=press)


def test_a_mark_in_hand_at_night(revised, snap_compare):
    reading = app(revised, "night", title="bridge")
    press = after("?READ", "M", "?2 MARKS", "j", ".", "?PLACE")
    assert snap_compare(reading, terminal_size=(80, 24), run_before=press)


def test_a_mark_of_the_daily_review_on_paper(filled, snap_compare):
    [article_id] = [each.id for each in filled.records() if "bridge" in each.title]
    for mark in filled.article(article_id).annotations():
        older = mark.created - timedelta(days=40)
        filled.article(article_id).revise(
            mark.id, lambda it, older=older: replace(it, created=older)
        )
    screen = app(filled, "paper")
    assert snap_compare(screen, terminal_size=(80, 24), run_before=after("D", "?1 of 3"))


def test_the_statistics_at_night(filled, snap_compare):
    screen = app(filled, "night")
    assert snap_compare(screen, terminal_size=(100, 30), run_before=after("I", "?Marks made"))
