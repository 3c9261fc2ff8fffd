"""Authors and dates that only the lines around the headline name."""

import pytest

from annotator.extract.dom.parse import parse
from annotator.extract.metadata import read_metadata
from annotator.extract.metadata.people import agencies, names

URL = "https://herald.example/flood"
BOTH = ("Ann Lee", "Bo Chan")
STORY = "Nine mills stand idle this spring, and nobody in the valley knows who owns them"
PROSE = "<p>" + "The river rose in the night and took the old bridge with it. " * 5 + "</p>"


def facts(lines, *, head="", language="en", after=""):
    """Return the metadata of a page with these lines below its headline."""
    page = (
        f"<html lang={language}><head><title>The great flood</title>{head}</head><body>"
        f"<h1>The great flood</h1>{lines}{PROSE * 3}{after}</body></html>"
    )
    return read_metadata(parse(page, url=URL), URL)


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("<div>By Ann Lee</div>", ("Ann Lee",)),
        ("<div><span>By</span> <a href=/x>Ann Lee</a>, Herald Staff Writer</div>", ("Ann Lee",)),
        ("<div>By</div><div>Ann Lee</div>", ("Ann Lee",)),
        ("<div>By Ann Lee | bridge builder</div>", ("Ann Lee",)),
        ("<div>By Ann Lee | on | Upper Valley</div>", ("Ann Lee",)),
        ("<div>BY ANN LEE</div>", ("Ann Lee",)),
        ("<div>3 May 2024 by Ann Lee</div>", ("Ann Lee",)),
        ("<p>Written by <b>Ann Lee</b> in <a href=/t>Rivers</a> on 3 May</p>", ("Ann Lee",)),
        ("<p>Ann Lee, May 3, 2024</p>", ("Ann Lee",)),
        ("<p>Von Jana Weiß und Ali Öz</p>", ("Jana Weiß", "Ali Öz")),
        ("<p>Propos recueillis par Ève Dupont</p>", ("Ève Dupont",)),
        ("<p>Por Inés Sánchez de la Vega</p>", ("Inés Sánchez de la Vega",)),
        ("<p>di Marta Rossi</p>", ("Marta Rossi",)),
        ("<p>Door Jan van der Berg</p>", ("Jan van der Berg",)),
        ("<p>Tekst: Kari Nordmann og Ola Lie</p>", ("Kari Nordmann", "Ola Lie")),
        ("<p>Yazan: Ayşe Yılmaz</p>", ("Ayşe Yılmaz",)),
        ("<p>Автор: Олена Коваль</p>", ("Олена Коваль",)),
        ("<p>記者／王小明</p>", ("王小明",)),
        ("<p><a href=/author/a>Ann Lee</a></p><p><a href=/author/b>Bo Chan</a></p>", BOTH),
        ("<div class=article-byline><i>Ann Lee</i> <i>Bo Chan</i></div>", BOTH),
    ],
)
def test_the_byline_below_the_headline_is_read(lines, people):
    assert facts(lines).byline == people


@pytest.mark.parametrize(
    "lines",
    [
        "<p>By train and by boat</p>",
        "<p>By train, Ann Lee</p>",
        "<p>Van Morrison</p>",
        "<p>Photo: <a href=/author/bo>Bo Chan</a></p>",
        "<p><a class=author href=/a>See full bio</a></p>",
        "<p><a class=author href=/a>View profile</a></p>",
        "<p>Updated: 3 May 2024</p>",
        "<p>Son Güncelleme 03.05.2024</p>",
        "<p hidden>By Ann Lee</p>",
        "<p class=related-author>Ann Lee</p>",
        "<p class=author><i>AA</i> <i>Text Size</i> <i>Small</i></p>",
        "<p class=author>Leave a comment</p>",
        "<p><a href=/s>North Korea</a> 3 May 2024</p>",
    ],
)
def test_lines_that_sign_nothing_name_nobody(lines):
    assert facts(lines).byline == ()


def test_authors_of_other_stories_are_not_authors_of_this_one():
    cards = "".join(
        f"<div><div><div><b>Story</b><a rel=author href=/p/{name}>{name} Chan</a></div></div></div>"
        for name in ("Bo", "Cy", "Di")
    )
    own = "<div><div><div><a rel=author href=/p/ann>Ann Lee</a></div></div></div>"
    assert facts("<p>By Ann Lee</p>", after=cards).byline == ("Ann Lee",)
    assert facts("", after=own + cards).byline == ("Ann Lee",)


def test_an_agency_signs_an_article_without_people():
    by_agency = "<p>The Associated Press</p>"
    assert facts(by_agency).byline == ("Associated Press",)
    assert facts(f"<p>By Ann Lee</p>{by_agency}").byline == ("Ann Lee",)
    assert agencies(["Le Quotidien et AFP"]) == ("AFP",)
    assert names(["Reuters, Efe Demir"]) == ("Efe Demir",)
    assert names(["AFP, Washington"]) == ()


def test_the_site_does_not_sign_its_articles():
    head = (
        '<meta property="og:site_name" content="Flussblick">'
        '<script type="application/ld+json">{"@type": "Article", "headline": "The great flood",'
        ' "author": {"@type": "Person", "name": "Flussblick"}}</script>'
    )
    assert facts("<p>Von Jana Weiß</p>", head=head).byline == ("Jana Weiß",)
    assert facts("", head=head).byline == ()


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Ann Lee, MS, RDN", ("Ann Lee",)),
        ("Ann Lee, Chief Technology Officer and Head of Bridges", ("Ann Lee",)),
        ("Ann Lee/Bo Chan", ("Ann Lee", "Bo Chan")),
        ("Van Jones", ("Van Jones",)),
        ("박서연 기자", ("박서연",)),
        ("Ann Lee | Sponsored", ("Ann Lee",)),
        ("ByTravis Haney", ("Travis Haney",)),
        ("Byron Lee", ("Byron Lee",)),
        ("Ann Lee, Nairobi", ("Ann Lee",)),
        ("Ann Lee, Founder", ("Ann Lee",)),
        ("Shelby Loos, DVM, Molly Price", ("Shelby Loos", "Molly Price")),
        ("Linny and Peter", ("Linny", "Peter")),
    ],
)
def test_what_stands_beside_names_is_left_out(byline, people):
    assert names([byline]) == people


@pytest.mark.parametrize(
    ("lines", "language", "day"),
    [
        ("<p>By Ann Lee | April 19, 2020 | 5 min</p>", "en", "2020-04-19"),
        ("<p>Updated: May 6, 2024</p><p>Original: May 3, 2024</p>", "en", "2024-05-03"),
        ("<p>3. toukokuuta 2024</p>", "fi", "2024-05-03"),
        ("<p>3 Mayıs 2024, 10:15</p>", "tr", "2024-05-03"),
        ("<p>3. května 2024</p>", "cs", "2024-05-03"),
        ("<p>3 травня 2024</p>", "uk", "2024-05-03"),
        ("<p><time datetime=2024-05-03>Friday</time></p><p>12/11/2023</p>", "en", "2024-05-03"),
        ("<p>The flood of the century</p>", "en", ""),
    ],
)
def test_the_date_below_the_headline_is_read(lines, language, day):
    assert facts(lines, language=language).published[:10] == day


def test_the_heading_is_preferred_to_a_window_title_of_other_words():
    heading = "How the river took the bridge in one night"
    page = f"<title>River flood: bridge lost in Valley | Shop</title><h1>{heading}</h1>"
    assert read_metadata(parse(page, url=URL), URL).title == heading


@pytest.mark.parametrize(
    "lines",
    [
        "<h3><a href=/staff/ann-lee>Ann Lee</a></h3>",
        f"<a href=/b><div>{STORY}</div><div class=authors>by <span>Ann Lee</span></div></a>",
        "<p class=media__byline>Ann Lee</p>",
    ],
)
def test_names_of_other_stories_near_the_headline_are_left_out(lines):
    assert facts(lines).byline == ()


def test_a_line_that_says_when_the_article_was_updated_gives_its_modification():
    found = facts("<p>Published 3 May 2024</p><p>Updated: 5 May 2024</p>")
    assert (found.published, found.modified) == ("2024-05-03", "2024-05-05")


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("本报记者 王芳", ("王芳",)),
        ("来源：河谷日报 作者：陈晨 2031年5月3日", ("陈晨",)),
        ("河谷社5月3日电（记者张伟、李小明）", ("张伟", "李小明")),
        ("文｜周小川 编辑｜李四", ("周小川",)),
        ("中新社记者 张 伟", ("张伟",)),
        ("記者王小明／台北報導", ("王小明",)),
        ("取材・文＝山田太郎", ("山田太郎",)),
        ("文：山田 太郎", ("山田 太郎",)),
        ("川は静かに。【山田太郎記者】", ("山田太郎",)),
        ("[서울=강변통신] 홍길동 기자 =", ("홍길동",)),
        ("김하늘·박바다 기자", ("김하늘", "박바다")),
    ],
)
def test_people_who_sign_in_chinese_japanese_and_korean_are_read(line, people):
    page = f"<p>{line}</p><p>水位は昨夜から上がり続けた。</p>" if "田" in line else f"<p>{line}</p>"
    assert facts(page, language="zh").byline == people


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：李明",
        "记者从水务局获悉",
        "记者证的管理",
        "記者会で市長は",
        "기자 회견에서",
        "文章来源",
    ],
)
def test_east_asian_lines_about_others_are_no_bylines(line):
    assert facts(f"<p>{line}</p>", language="zh").byline == ()


@pytest.mark.parametrize(
    "label",
    [
        "First posted",
        "Registered User",
        "Press Office",
        "Opinion",
        "Listen Now",
        "Site Admin",
        "Add to list",
        "YouTube",
    ],
)
def test_labels_are_no_authors(label):
    assert names([label]) == ()
    assert names(["Live Ullmann", "Reader Joe"]) == ("Live Ullmann", "Reader Joe")


def test_a_line_below_the_article_can_say_who_wrote_it():
    line = "<h3>Written by Ann Lee</h3><p>Ann Lee keeps the lock.</p>"
    assert facts("", after=line).byline == ("Ann Lee",)
    assert facts("", after="<p>Written by the river that took it.</p>").byline == ()


def test_the_reporters_of_an_agency_sign_an_article_that_nobody_else_does():
    line = "<p>(Reporting by Ann Lee in Ost and Bo Chan in New Marl; editing by Cy Dunn)</p>"
    assert facts("", after=line).byline == ("Ann Lee", "Bo Chan")
