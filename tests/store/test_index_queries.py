"""Queries find the right articles and marks."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from annotator.model import Claim, Link
from annotator.model.query_parser import parse
from annotator.store import Library, questions
from builders import make_annotation, make_article, make_extraction, make_page

TEXTS = {
    "grid": "The national grid ran without coal. Policies on climate-change matter.",
    "bread": "Bread costs more. It is written in C++ by Björn, who said don’t. R&D rose 5 %.",
    "kikou": "気候変動について語る。東京の天気。",
    "thai": "ประเทศไทยร้อนมาก",
}


@pytest.fixture
def filled(tmp_path, moment):
    with Library.open(tmp_path / "d", state=tmp_path / "s", cache=tmp_path / "c") as library:
        for number, (name, text) in enumerate(TEXTS.items()):
            article = make_article(
                text,
                title=f"About {name}",
                url=f"https://www.{name}.example.org/story",
                byline=("Ann Lee", "Zoë Straße") if name == "grid" else ("Bo Li",),
                site_name=f"The {name.title()} Daily",
            )
            now = moment + timedelta(days=40 * number)
            library.store(make_extraction(article), make_page(url=article.url), now=now)
        ids = {each.title.removeprefix("About "): each.id for each in library.records()}
        library.article(ids["bread"]).update(
            lambda it: replace(it, state="read", access="paywalled")
        )
        library.article(ids["kikou"]).update(lambda it: replace(it, tags=("Weather/Asia",)))
        grid = make_article(TEXTS["grid"], url="https://www.grid.example.org/story")
        claim = Claim(
            speaker="Ann LEE",
            status="disputed",
            statement="No more lignite.",
            said_on="2026-03",
            type="statistic",
            confidence="low",
            verdict="Not so: see the regulator.",
        )
        library.put(
            [
                make_annotation(grid, "national grid", id="m1", claim=claim, tags=("energy/grid",)),
                make_annotation(grid, "coal", id="m2", kind="question", note="Really pumpkins?"),
                make_annotation(
                    grid,
                    "Policies",
                    id="m3",
                    links=(
                        Link("supports", "m1"),
                        Link("same-as", "m2"),
                        Link("opposes", "https://example.org/b", is_reversed=True),
                    ),
                    tags=("Energy",),
                    created=moment - timedelta(days=20),
                ),
            ]
        )
        yield library
        assert "_memory_index" not in vars(library)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "thai kikou bread grid"),
        ("coal", "grid"),
        ("NATIONAL policy", "grid"),
        ("runs", ""),
        ("costing", "bread"),
        ('"ran without coal"', "grid"),
        ('"coal ran"', ""),
        ("nation*", "grid"),
        ("climate-change", "grid"),
        ("change-climate", ""),
        ("don't", "bread"),
        ("C++", "bread"),
        ("C#", ""),
        ("c", "bread"),
        ("R&D", "bread"),
        ("%", "bread"),
        ("bjorn", "bread"),
        ("straße", "grid"),
        ("pumpkin", "grid"),
        ("lignite", "grid"),
        ("coal pumpkin", "grid"),
        ("coal -pumpkin", ""),
        ("coal or bread", "bread grid"),
        ("気候", "kikou"),
        ("候気", ""),
        ("東京", "kikou"),
        ("ไทย", "thai"),
        ("asia", "kikou"),
        ("tag:weather", "kikou"),
        ("tag:asia", ""),
        ("tag:energy", "grid"),
        ("-tag:energy", "thai kikou bread"),
        ("site:grid.example.org", "grid"),
        ("site:example.org", "thai kikou bread grid"),
        ("site:https://bread.example.org/", "bread"),
        ("site:xample.org", ""),
        ('site:"bread daily"', "bread"),
        ("author:lee", "grid"),
        ("author:ZOË", "grid"),
        ("is:read", "bread"),
        ("is:partial", "bread"),
        ("-is:partial is:unread", "thai kikou grid"),
        ("kind:question", "grid"),
        ("kind:question status:disputed", ""),
        ("kind:claim status:disputed", "grid"),
        ("kind:question or is:read", "bread grid"),
        ("status:open", "grid"),
        ("speaker:lee", "grid"),
        ("has:mark", "grid"),
        ("has:tag", "kikou grid"),
        ("has:note has:claim", ""),
        ("has:support type:statistic", "grid"),
        ("has:support has:opposition", ""),
        ("marked:2026 -said:2025", "grid"),
        ("-has:mark", "thai kikou bread"),
        ("added:2026-03", "grid"),
        ("added:2026-04..", "thai kikou bread"),
        ("added:..2026-04-23", "bread grid"),
        ("is:orphaned", ""),
    ],
)
def test_articles_are_found(filled, query, names):
    found = [
        each.title.removeprefix("About ")
        for each in filled.ask(questions.articles.find_articles(parse(query)))
    ]
    assert found == names.split()
    best = filled.ask(questions.search.search(parse(query), limit=9)).articles
    assert sorted(each.record.title.removeprefix("About ") for each in best) == sorted(found)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "m1 m2 m3"),
        ("coal", "m2"),
        ("without", ""),
        ("policy", "m3"),
        ("lignite", "m1"),
        ("pumpkins or policies", "m2 m3"),
        ("tag:energy", "m1 m3"),
        ("tag:energy/grid", "m1"),
        ("-tag:energy", "m2"),
        ("kind:QUESTION", "m2"),
        ("status:disputed", "m1"),
        ("status:open", "m3"),
        ("speaker:ann", "m1"),
        ("has:note", "m2"),
        ("has:claim", "m1 m3"),
        ("has:link", "m3"),
        ("has:support", "m1"),
        ("has:opposition", "m3"),
        ("has:same", "m2 m3"),
        ("has:speaker has:date has:verdict", "m1"),
        ("type:statistic", "m1"),
        ("-confidence:low", "m2 m3"),
        ("verdict:REGULATOR", "m1"),
        ("said:2026", "m1"),
        ("said:2026-03..", "m1"),
        ("said:..2026-02", ""),
        ("said:2026-04..", ""),
        ("-said:2026", "m2 m3"),
        ("marked:2026-02", "m3"),
        ("marked:2026-03..", "m1 m2"),
        ("marked:1000..9998", "m1 m2 m3"),
        ("marked:today", ""),
        ("has:tag", "m1 m3"),
        ("has:mark", "m1 m2 m3"),
        ("site:grid.example.org is:unread", "m1 m2 m3"),
        ("author:bo", ""),
        ("added:2026 -has:link", "m1 m2"),
        ("is:read", ""),
        ("is:partial", ""),
    ],
)
def test_marks_are_found(filled, query, ids):
    assert [
        each.annotation.id for each in filled.ask(questions.marks.find_marks(parse(query)))
    ] == ids.split()
    best = filled.ask(questions.search.search(parse(query), limit=9)).marks
    assert sorted(each.annotation.id for each in best) == ids.split()


def test_today_is_one_day_and_a_week_is_seven_with_today(filled):
    grid = make_article(TEXTS["grid"], url="https://www.grid.example.org/story")
    noon = datetime.now().astimezone().replace(hour=12)
    filled.put(
        [
            make_annotation(grid, "coal", id=f"d{days}", created=noon - timedelta(days=days))
            for days in (1, 7)
        ]
    )

    def ids(query):
        marks = filled.ask(questions.marks.find_marks(parse(query)))
        return [marked.annotation.id for marked in marks]

    assert ids("marked:today") == []
    assert ids("marked:week") == ["d1"]


def test_marks_of_one_article_are_found(filled):
    [article_id] = {each.record.id for each in filled.ask(questions.marks.find_marks())}
    assert len(filled.ask(questions.marks.find_marks(parse("tag:energy"), article_id))) == 2
    assert filled.ask(questions.marks.find_marks(parse("tag:energy"), "0" * 16)) == ()


def test_a_snippet_shows_the_passage_and_marks_the_words(filled):
    [found] = filled.ask(questions.search.search(parse("policy"), limit=20)).articles
    assert "Policies on climate-change" in found.snippet.text
    assert [found.snippet.text[start:end] for start, end in found.snippet.hits] == ["Policies"]


def test_a_snippet_of_a_long_article_is_its_first_passage_with_all_the_words(library, moment):
    rest = " ".join(["the river ran on"] * 4_000)
    article = make_article(f"{rest} and the miller sang {rest}", title="Novel")
    library.store(make_extraction(article), make_page(), now=moment)
    [found] = library.ask(questions.search.search(parse("miller river"), limit=20)).articles
    assert "miller sang the river" in found.snippet.text
    assert {found.snippet.text[start:end] for start, end in found.snippet.hits} >= {
        "miller",
        "river",
    }
    [found] = library.ask(questions.search.search(parse("the"), limit=20)).articles
    assert found.snippet.text.startswith("the river ran on")


def test_a_snippet_of_chinese_or_japanese_reads_as_the_text_does(filled):
    [found] = filled.ask(questions.search.search(parse("変動"), limit=20)).articles
    assert "気候変動について" in found.snippet.text
    assert [found.snippet.text[start:end] for start, end in found.snippet.hits] == ["変動"]


def test_shorter_matching_texts_come_first(filled, moment):
    for name, text in (("a", "Tulips. " + "Other words here. " * 50), ("b", "Nothing of it.")):
        article = make_article(
            text, title="Tulips" if name == "b" else "Text", url=f"https://{name}.org"
        )
        filled.store(make_extraction(article), make_page(url=article.url), now=moment)
    found = filled.ask(questions.search.search(parse("tulip"), limit=20))
    assert [each.record.url for each in found.articles] == ["https://b.org", "https://a.org"]


def test_all_matches_are_counted(filled):
    found = filled.ask(questions.search.search(parse("is:unread or is:read"), limit=1))
    assert (len(found.articles), found.article_count) == (1, 4)
    assert (len(found.marks), found.mark_count) == (1, 3)


@pytest.fixture(params=["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def far_away(request, monkeypatch):
    """Be where it is another day than at Greenwich; at any moment it is so at one of them."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_away")
def test_marks_of_the_last_days_are_found_by_the_days_of_the_user(filled):
    article = make_article(TEXTS["bread"], url="https://www.bread.example.org/story")
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    for name, back in (("today", 0), ("week", 6), ("month", 29), ("year", 364), ("old", 366)):
        created = (midnight - timedelta(days=back)).astimezone(UTC)
        filled.put([make_annotation(article, "Bread", id=name, created=created)])
    names = ["today", "week", "month", "year"]
    for number, name in enumerate(names):
        found = {
            mark.id
            for _, mark in filled.ask(
                questions.marks.find_marks(parse(f"marked:{name}"), article.id)
            )
        }
        assert found == set(names[: number + 1])
