"""The sources as BibTeX and as CSL JSON, read back by programs that use them."""

import json
import re
from datetime import UTC, datetime

import bibtexparser
import pytest
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    SeparateCoAuthors,
    SplitNameParts,
)
from citeproc.source.json import CiteProcJSON

from annotator.export.citation import Author, reference_of, split_name
from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.bibliographies import write_bibtex, write_csl_json
from annotator.model import ArticleRecord

ADDED = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)
AWKWARD = (
    r"\input{/etc/passwd}",
    "50 % of $5 & #6_7",
    "Tilde ~, caret ^, tick `",
    "a -- b --- c, 'quoted'' and <<that>>",
    "{balanced} braces",
    "}} @article{x, title = {y}",
    "a } b { c",
    'straight "quotes"',
    "日本語の題名",
    "Two\\\\lines",
)


def record(**fields):
    known = {
        "title": "Cheap batteries",
        "byline": ("Ann Lee",),
        "site_name": "A site",
        "url": "https://example.org/a",
    }
    return ArticleRecord(id="3ac450785d36e852", added=ADDED, **(known | fields))


def collection(*records):
    return Collection(articles=[CollectedArticle(record=each) for each in records])


def bibtex(**fields):
    return "".join(write_bibtex(collection(record(**fields))))


def parsed(text):
    read = bibtexparser.parse_string(
        text, append_middleware=[SeparateCoAuthors(), SplitNameParts(), LatexDecodingMiddleware()]
    )
    assert not read.failed_blocks
    return read.entries


def items(*records):
    return json.loads("".join(write_csl_json(collection(*records))))


def test_an_entry_has_all_that_is_known_of_a_source():
    written = bibtex(
        title="Cheap Batteries Will Not Build the Grid",
        byline=("Marguerite Oduya", "The Harbour Review"),
        site_name="The Harbour Review",
        published="2024-03-18T10:00:00+01:00",
        language="en-US",
        excerpt="Storage is the easy part.",
        tags=("energy", "town/roads"),
    )
    assert written == (
        "@article{oduya2024-3ac450,\n"
        "  author = {Oduya, Marguerite and {The Harbour Review}},\n"
        "  title = {Cheap Batteries Will Not Build the Grid},\n"
        "  journaltitle = {The Harbour Review},\n"
        "  entrysubtype = {magazine},\n"
        "  date = {2024-03-18},\n"
        "  url = {https://example.org/a},\n"
        "  urldate = {2026-03-14},\n"
        "  langid = {english},\n"
        "  abstract = {Storage is the easy part.},\n"
        "  keywords = {energy, town/roads},\n"
        "}\n\n"
    )


def test_an_item_has_all_that_is_known_of_a_source():
    [item] = items(
        record(
            byline=("Marguerite Oduya", "Reuters Staff"),
            published="2024-03",
            language="en-US",
            excerpt="Storage is the easy part.",
            tags=("energy", "town/roads"),
        )
    )
    assert item == {
        "id": "oduya2024-3ac450",
        "type": "webpage",
        "title": "Cheap batteries",
        "author": [{"family": "Oduya", "given": "Marguerite"}, {"literal": "Reuters Staff"}],
        "container-title": "A site",
        "URL": "https://example.org/a",
        "issued": {"date-parts": [[2024, 3]]},
        "accessed": {"date-parts": [[2026, 3, 14]]},
        "language": "en-US",
        "abstract": "Storage is the easy part.",
        "keyword": "energy, town/roads",
    }


def test_a_source_of_which_little_is_known_has_no_empty_fields():
    bare = record(title="", byline=(), site_name="", url="/home/me/story.txt")
    assert "".join(write_bibtex(collection(bare))) == (
        "@misc{source-3ac450,\n  title = {Untitled},\n}\n\n"
    )
    assert items(bare) == [{"id": "source-3ac450", "type": "document"}]


def test_no_sources_are_an_empty_bibliography():
    assert "".join(write_bibtex(collection())) == ""
    assert items() == []


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_titles_sites_and_names_are_read_back(text):
    [entry] = parsed(bibtex(title=text, site_name=text, byline=(f"{text} News",)))
    # what the parser makes of a caret is another sign, and it does not know lone braces
    read = entry["organization"].replace("ˆ", "^")
    assert read in (text, text.replace("{", "").replace("}", ""))
    assert entry["title"].replace("ˆ", "^").translate(str.maketrans("", "", "{}")) == (
        text.translate(str.maketrans("", "", "{}"))
    )
    assert len(entry["author"]) == 1
    assert [each["title"] for each in items(record(title=text))] == [text]


def test_braces_are_always_in_pairs():
    for text in AWKWARD:
        written = bibtex(title=text, site_name=text, byline=(text,), excerpt=text)
        values = re.findall(r"(?m)^  \w+ = \{(.*)\},$", written)
        assert len(values) == written.count("\n") - 3  # all lines but those around the fields
        for value in values:  # to BibTeX an escaped brace is a brace
            depth = 0
            for sign in re.findall("[{}]", value):
                depth += 1 if sign == "{" else -1
                assert depth >= 0, value
            assert depth == 0, value


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("How NASA lost its iPhone to GPT-4", "How {NASA} lost its {iPhone} to {GPT-4}"),
        ("The mayor of London says no", "The mayor of {London} says no"),
        ("The Mayor of London Says No", "The Mayor of London Says No"),
        ("The grid of Berlin", "The grid of {Berlin}"),
        ("Where Berlin stays dark", "Where {Berlin} stays dark"),
        ("Where Berlin stays", "Where {Berlin} stays"),
        ("O’Neil’s law", "{O’Neil’s} law"),
    ],
)
def test_names_in_a_title_keep_their_capitals(title, written):
    assert f"title = {{{written}}}," in bibtex(title=title)


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Marguerite Oduya", Author("", "Oduya", "Marguerite")),
        ("Oduya, Marguerite", Author("", "Oduya", "Marguerite")),
        ("Jan van der Berg", Author("", "Berg", "Jan", "van der")),
        ("José Ortega y Gasset", Author("", "Ortega y Gasset", "José")),
        ("Martin Luther King Jr.", Author("", "King", "Martin Luther", "", "Jr.")),
        ("J. R. R. Tolkien", Author("", "Tolkien", "J. R. R.")),
        ("Dr. Jane Smith", Author("", "Smith", "Jane")),
        ("Reuters", Author("Reuters")),
        ("王小明", Author("王小明")),
        ("山田 太郎", Author("山田 太郎")),
        ("BBC News", Author("BBC News")),
        ("The Editorial Board", Author("The Editorial Board")),
        ("Jane Doe and John Smith", Author("Jane Doe and John Smith")),
        ("Jane Doe et al.", Author("Jane Doe et al.")),
        ("Jane Doe, Reuters", Author("Jane Doe, Reuters")),
        ("Guardian staff and agencies", Author("Guardian staff and agencies")),
        ("Barnes & Sons", Author("Barnes & Sons")),
        ("Ministry of Energy and Water", Author("Ministry of Energy and Water")),
    ],
)
def test_names_are_divided_where_that_is_certain(name, author):
    assert split_name(name) == author


def test_the_name_of_the_site_is_not_a_person():
    assert split_name("Harbour Voice", "Harbour voice") == Author("Harbour Voice")


def test_names_are_read_back_in_their_parts():
    names = ("Jan van der Berg", "Martin Luther King Jr.", "Smith and Sons, Ltd", "Ann Lee")
    [entry] = parsed(bibtex(byline=names))
    berg, king, smith, lee = entry["author"]
    assert (berg.first, berg.von, berg.last) == (["Jan"], ["van", "der"], ["Berg"])
    assert (king.first, king.last, king.jr) == (["Martin", "Luther"], ["King"], ["Jr."])
    assert smith.last == ["{Smith and Sons, Ltd}"]
    assert (lee.first, lee.last) == (["Ann"], ["Lee"])


@pytest.mark.parametrize(
    ("site", "url", "kind"),
    [
        ("The Washington Post", "https://www.washingtonpost.com/a", "newspaper"),
        ("Süddeutsche Zeitung", "https://www.sueddeutsche.de/a", "newspaper"),
        ("The Harbour Review", "https://harbour.example/a", "magazine"),
        ("", "https://ann.substack.com/p/a", "blog"),
        ("Ann's Blog", "https://ann.example/a", "blog"),
        ("Wikipedia", "https://en.wikipedia.org/wiki/A", "encyclopedia"),
        ("Ministry", "https://energy.example/a", "webpage"),
        ("", "notes.txt", "document"),
    ],
)
def test_the_type_of_a_source_is_read_from_its_site(site, url, kind):
    made = ArticleRecord(id="3ac4", url=url, title="T", site_name=site, added=ADDED)
    assert reference_of(made).type == kind


def test_a_key_is_the_same_whatever_else_is_exported():
    same = [record(), record()]
    keys = [item["id"] for item in items(*same, record(byline=("Søren Łęcki",)))]
    assert keys == ["lee-3ac450", "lee-3ac450-3ac450785d36e852", "lecki-3ac450"]
    assert re.findall(r"@\w+\{(.*),", "".join(write_bibtex(collection(*same)))) == keys[:2]


def test_a_key_has_latin_letters_from_the_site_if_the_author_has_none():
    made = record(byline=("森下千早",), site_name="月報", url="https://geppo.example/a")
    assert reference_of(made).key == "geppoexample-3ac450"


def test_addresses_are_taken_verbatim_and_never_break_the_entry():
    written = bibtex(url="https://example.org/a_b{c}?d=50%&e=\\f#g~h")
    assert r"url = {https://example.org/a_b%7Bc%7D?d=50%25&e=%5Cf#g~h}," in written or (
        "url" not in written
    )


def test_tags_of_a_title_are_not_bold_in_a_bibliography():
    [item] = items(record(title="How <b> and </I> work, and 1 < 2"))
    assert item["title"] == "How <\u2060b> and <\u2060/I> work, and 1 < 2"


@pytest.mark.filterwarnings("error")
def test_a_citation_program_reads_every_item():
    records = [
        record(published=published, url=url, byline=("Jan van der Berg", "Reuters"))
        for published in ("", "2024", "2024-03", "2024-03-18T10:00", "not a date")
        for url in ("https://example.org/a", "notes.txt")
    ]
    read = CiteProcJSON(items(*records))
    assert len(read) == len({item["id"] for item in items(*records)})
