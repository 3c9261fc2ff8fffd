"""Metadata from all places of a page, and which of them is trusted."""

import json

import pytest

from annotator.extract import extract
from annotator.extract.dom.parse import parse
from annotator.extract.metadata import read_metadata
from annotator.extract.metadata.people import names
from annotator.extract.metadata.titles import choose_title, is_same, without_site
from annotator.model import Page

URL = "https://www.herald.example/2024/05/03/flood"


def facts(head="", body="", *, url=URL, attributes=""):
    html = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return read_metadata(parse(html, url=url), url)


def json_ld(**article):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **article}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(**tags):
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in tags.items()
    )


def test_json_ld_is_trusted_first():
    found = facts(
        json_ld(
            headline="The flood",
            author=[{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Chan"}],
            datePublished="2024-05-03T06:30:00+02:00",
            dateModified="2024-05-04",
            description="The river rose &amp;amp; fell.",
            image={"url": "/flood.jpg"},
            inLanguage="en-GB",
            publisher={"name": "The Herald"},
            isAccessibleForFree="False",
        )
        + meta(og__title="Something else", og__description="Another")
    )
    assert found.title == "The flood"
    assert found.byline == ("Ann Lee", "Bo Chan")
    assert found.published == "2024-05-03T06:30:00+02:00"
    assert found.modified == "2024-05-04"
    assert found.excerpt == "The river rose & fell."
    assert found.lead_image == "https://www.herald.example/flood.jpg"
    assert found.language == "en-GB"
    assert found.site_name == "The Herald"
    assert found.is_free is False


def test_objects_of_a_graph_are_found_by_their_id():
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "The Herald"},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            {"@type": ["Thing", "BlogPosting"], "headline": "The flood", "author": {"@id": "#ann"}},
        ]
    }
    found = facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert (found.title, found.byline, found.site_name) == ("The flood", ("Ann Lee",), "The Herald")


def test_the_article_with_the_most_properties_is_chosen():
    teasers = [{"@type": "Article", "headline": f"Teaser {number}"} for number in range(3)]
    own = {
        "@type": "Article",
        "headline": "The flood",
        "datePublished": "2024-05-03",
        "author": "Ann Lee",
    }
    found = facts(f'<script type="application/ld+json">{json.dumps([*teasers, own])}</script>')
    assert found.title == "The flood"


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, '{"@type": "Article", "headline": 3, "author": 1e999}', "null", '"x"', ""],
)
def test_broken_json_ld_is_skipped(script):
    head = f'<script type="application/ld+json">{script}</script><title>The flood</title>'
    assert facts(head).title == "The flood"


def test_json_ld_in_a_comment_is_read():
    script = '<!-- {"@type": "Article", "headline": "The flood"} -->'
    assert facts(f'<script type="application/ld+json">{script}</script>').title == "The flood"


def test_a_part_that_is_not_free_makes_an_article_not_free():
    part = {"@type": "WebPageElement", "isAccessibleForFree": False}
    assert facts(json_ld(isAccessibleForFree=True, hasPart=part)).is_free is False
    assert facts(json_ld(isAccessibleForFree="https://schema.org/True")).is_free is True
    assert facts(json_ld(headline="x")).is_free is None


def test_a_content_tier_says_whether_an_article_is_free():
    assert facts(meta(article__content_tier="locked")).is_free is False
    assert facts(meta(article__content_tier="metered")).is_free is None


def test_open_graph_and_older_tags_fill_gaps():
    found = facts(
        meta(
            og__title="The flood",
            og__site_name="The Herald",
            og__description="The river rose.",
            og__image="/a.jpg",
            article__published_time="2024-05-03T06:30:00Z",
            article__modified_time="2024-05-05T06:30:00Z",
            author="By Ann Lee and Bo Chan",
        )
    )
    assert (found.title, found.site_name) == ("The flood", "The Herald")
    assert found.byline == ("Ann Lee", "Bo Chan")
    assert found.published == "2024-05-03T06:30:00+00:00"
    assert found.modified == "2024-05-05T06:30:00+00:00"
    assert found.lead_image == "https://www.herald.example/a.jpg"


def test_the_elements_of_the_page_are_read_last():
    body = (
        "<article><h1>The flood</h1><p class=byline>By <a rel=author href=/ann>Ann Lee</a></p>"
        "<time datetime=2024-05-03 pubdate>May 3</time></article>"
    )
    found = facts("<title>The flood | Herald</title>", body, attributes="lang=en_US")
    assert (found.title, found.byline, found.published) == ("The flood", ("Ann Lee",), "2024-05-03")
    assert found.language == "en-US"
    assert found.site_name == "Herald"


def test_microdata_is_read():
    body = (
        "<div itemprop=author><img><span itemprop=name>Ann Lee</span>, reporter</div>"
        "<meta itemprop=datePublished content=2024-05-03>"
        "<time itemprop=dateModified datetime=2024-05-06>today</time>"
    )
    found = facts("", body)
    assert (found.byline, found.published, found.modified) == (
        ("Ann Lee",),
        "2024-05-03",
        "2024-05-06",
    )


def test_a_byline_is_found_by_its_class():
    assert facts("", "<p class=entry-author>Von Jana Weiß</p>").byline == ("Jana Weiß",)
    assert facts("", "<div class=comment-author>Troll42 said</div>").byline == ()


def test_a_date_in_the_address_is_used_if_there_is_no_other():
    assert facts().published == "2024-05-03"
    assert facts(url="https://herald.example/flood").published == ""


def test_the_day_of_publication_goes_before_that_of_creation():
    dates = {"dateCreated": "2024-04-28", "datePublished": "2024-05-03"}
    page = {"url": "https://a.example/x"}
    assert facts(json_ld(**dates), **page).published == "2024-05-03"
    assert facts(json_ld(dateCreated="2024-04-28"), **page).published == "2024-04-28"


def test_a_date_in_words_is_found_by_its_class():
    body = "<span class=published-date>3. Mai 2024</span>"
    assert (
        facts("", body, url="https://a.example/x", attributes="lang=de").published == "2024-05-03"
    )


def test_a_modification_before_publication_is_ignored():
    assert facts(json_ld(datePublished="2024-05-03", dateModified="2023-01-01")).modified == ""


def test_a_canonical_address_of_the_front_page_is_ignored():
    link = '<link rel=canonical href="{}">'
    assert facts(link.format("https://herald.example/flood")).canonical_url.endswith("/flood")
    assert facts(link.format("https://herald.example/")).canonical_url == ""
    assert facts(link.format("javascript:alert(1)")).canonical_url == ""


@pytest.mark.parametrize(
    ("said", "tag"),
    [("en_us", "en-US"), ("zh-hant-TW", "zh-Hant-TW"), ("de", "de"), ("und", ""), ("??", "")],
)
def test_languages_are_bcp_47_tags(said, tag):
    assert facts(attributes=f'lang="{said}"').language == tag


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("ANN LEE AND BO CHAN", ("Ann Lee", "Bo Chan")),
        ("Von Jana Weiß und Max von der Grün", ("Jana Weiß", "Max von der Grün")),
        ("Par Ève Dupont, Luc Ali", ("Ève Dupont", "Luc Ali")),
        ("Ann Lee, Jr.", ("Ann Lee, Jr",)),
        ("Dr. Ann Lee (Boston)", ("Ann Lee",)),
        ("森下千早", ("森下千早",)),
        ("by Ann Lee | May 3, 2024", ("Ann Lee",)),
        ("https://herald.example/ann", ()),
        ("Staff", ()),
        ("Editorial Team", ()),
        ("ann@herald.example", ()),
        ("Follow Ann Lee on Twitter", ()),
        ("Published 12 minutes ago", ()),
        ("Ann Lee and Bo Ch…", ()),
        ("", ()),
    ],
)
def test_bylines_contain_only_names(byline, people):
    assert names([byline]) == people


def test_a_byline_has_no_repetitions_and_not_the_site():
    assert names(["Ann Lee", "ann lee", "The Herald"], site="The Herald") == ("Ann Lee",)
    assert names([None, 3, {}]) == ()


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("The flood | The Herald", "The flood"),
        ("The flood - The Herald", "The flood"),
        ("The Herald: The flood", "The flood"),
        ("The flood – News – The Herald", "The flood – News"),
        ("The flood", "The flood"),
        ("The Herald", ""),
        ("桥修了九个冬天_中国新桥网", "桥修了九个冬天"),
        ("桥修了九个冬天--新桥日报", "桥修了九个冬天"),
        ("谁来管互联网？", "谁来管互联网？"),
        ("新桥与互联网_桥", "新桥与互联网_桥"),
        ("Why we left - and why we came back", "Why we left - and why we came back"),
    ],
)
def test_titles_lose_the_name_of_the_site(title, bare):
    assert without_site(title, ["The Herald", "herald"]) == bare


def test_the_heading_that_metadata_confirm_is_the_title():
    assert choose_title(
        ["The flood: what we know"], ["Menu", "The flood: what we know now"], []
    ) == ("The flood: what we know now")
    assert choose_title(["The flood"], ["Menu"], []) == "The flood"
    assert choose_title([], ["The flood"], []) == "The flood"
    assert choose_title(
        ["The flood and what it…", "The flood and what it left behind"], [], []
    ) == ("The flood and what it left behind")
    assert choose_title([], [], []) == ""


def test_titles_with_small_differences_are_the_same():
    assert is_same("The flood!", "THE FLOOD")
    assert is_same("The great flood of the valley", "The great floods of the valley")
    assert not is_same("The flood", "The drought")
    assert not is_same("", "")


def test_hostile_metadata_is_sanitised():
    html = "<title>\x1b]0;owned\x07The [red]flood[/]\u202e</title><body><p>It rained.</p>"
    assert extract(Page(URL, html)).article.title == "]0;ownedThe [red]flood[/]"


def test_a_kicker_in_the_heading_is_not_part_of_the_title():
    titles = ["Large tasks ahead", "Large tasks ahead"]
    assert choose_title(titles, ["Tunisia Large tasks ahead"], ["Herald"]) == "Large tasks ahead"


def test_the_first_of_two_headings_in_the_window_title_is_the_site():
    headings = ["The Complete Desktop", "Programming with macros"]
    window = "The Complete Desktop: Programming with macros"
    assert choose_title([window], headings, []) == "Programming with macros"


def test_a_site_name_with_a_dash_is_removed_from_the_title_as_a_whole():
    site = "AOC media - Analyse Opinion Critique"
    assert (
        without_site(f"La retraite est un archaïsme | {site}", [site])
        == "La retraite est un archaïsme"
    )


@pytest.mark.parametrize(
    "byline",
    [
        "CHIP Software-Redaktion",
        "View my complete profile",
        "Weitere Artikel",
        "wegewerk GmbH",
        "Posted",
        "Watch Live",
        "Written By",
        "Joined",
        "J Offline",
        "Senior Member",
        "Digital Security Expert",
        "Department of Health and Human Services",
        "U.S. Department of Housing and Urban Development",
        "Example Verlag GmbH, Munich, Germany",
        "Washington",
        "New Delhi",
        "YouTube",
    ],
)
def test_desks_companies_and_links_are_not_names(byline):
    assert names([byline]) == ()


def test_a_person_whom_the_site_is_named_after_can_be_the_author():
    assert names(["Daniel Lemire"], site="Daniel Lemire's blog") == ("Daniel Lemire",)
    assert names(["Daniel Lemire"], site="Daniel Lemire’s blog") == ("Daniel Lemire",)
    assert names(["Miami Today"], site="Miami Today") == ()


@pytest.mark.parametrize(
    ("bylines", "people"),
    [
        (["PTI, ", " Springfield, "], ()),  # in elements of their own
        (["ByTravis Haney"], ("Travis Haney",)),
        (["Ann Lee, New York"], ("Ann Lee",)),
        (["Washington Irving and Rome Adams"], ("Washington Irving", "Rome Adams")),
        (["Ann Lee, Center for Drug Evaluation and Research"], ("Ann Lee",)),
        (["Ann Office and Bo Lee"], ("Ann Office", "Bo Lee")),
    ],
)
def test_towns_and_offices_are_no_people(bylines, people):
    assert names(bylines) == people


def test_a_nickname_in_brackets_does_not_end_a_name():
    assert names(["Richard (RJ) Eskow"]) == ("Richard Eskow",)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("How &lt;video&gt; works", "How <video> works"),
        ("Vec&lt;T&gt; and List&lt;String&gt;", "Vec<T> and List<String>"),
        ("The &lt;em&gt;flood&lt;/em&gt; of May", "The flood of May"),
        ("The flood&lt;br&gt; of May", "The flood of May"),
        ('The &lt;span class="x"&gt;flood of May', "The flood of May"),
    ],
)
def test_words_in_brackets_stay_in_a_title_and_markup_does_not(title, told):
    assert facts(f"<title>{title}</title>").title == told
    assert facts(meta(og__title=title.replace('"', "&quot;"))).title == told
    assert facts(body=f"<h1>{title}</h1>").title == told


@pytest.mark.parametrize("section", ["Science", "U.S.", "Premium"])
def test_the_name_of_a_section_is_not_that_of_the_site(section):
    head = meta(og__site_name=section)
    publisher = json_ld(headline="The flood", publisher={"name": "The Herald"})
    assert facts(head + publisher).site_name == "The Herald"
    assert facts(head + "<title>The flood | The Herald</title>").site_name == "The Herald"


def test_a_name_unlike_the_address_stays_where_the_page_has_no_better_one():
    title = "<title>The flood | Science</title>"
    assert facts(meta(og__site_name="Science") + title).site_name == "Science"
    author = {"@type": "Person", "name": "Ann Lee"}
    person = json_ld(headline="The flood", author=author)
    head = meta(og__site_name="Medium") + person + "<title>The flood | Ann Lee</title>"
    assert facts(head, url="https://annlee.example/flood").site_name == "Medium"


def test_a_template_that_was_not_filled_is_no_name_of_a_site():
    assert facts(meta(og__site_name="{{site.name}}")).site_name == "herald.example"


def test_authors_of_a_paper_are_named_with_their_family_first():
    head = (
        '<meta name="citation_author" content="Lee, Ann B.">'
        '<meta name="citation_author" content="Bo Chan">'
    )
    assert facts(head).byline == ("Ann B. Lee", "Bo Chan")


def test_the_name_of_an_organisation_is_not_cut_into_people():
    name = "Center for Drug Evaluation and Research"
    author = {"@type": "Organization", "name": name}
    found = facts(json_ld(headline="The flood", author=author) + meta(author=name))
    assert found.byline == (name,)


def test_a_site_name_that_repeats_the_title_is_ignored():
    found = facts(
        meta(og__title="Sport in hard times", og__site_name="Sport in hard times - Telly")
    )
    assert found.site_name == "herald.example"


def test_a_modification_earlier_on_the_day_of_publication_is_ignored():
    dates = {
        "datePublished": "2024-05-03T19:00:00+01:00",
        "dateModified": "2024-05-03T17:00:00+01:00",
    }
    assert facts(json_ld(**dates)).modified == ""


def test_the_birthday_of_the_subject_is_not_the_date_of_the_article():
    born = '<span class="bday dtstart published">1998-02-28</span>'
    assert facts(body=born, url="https://herald.example/x").published == ""


def test_a_line_above_the_title_within_its_heading_is_left_out():
    head = "<title>The river - Nine mills stand idle this spring</title>"
    h1 = "<h1><span class=headline__overline>The river</span> {}Nine mills stand idle</h1>"
    assert facts(head + h1.format("- ")).title == "Nine mills stand idle"
    assert facts(head + h1.format(": ")).title == "The river : Nine mills stand idle"


def test_a_quotation_at_the_end_of_a_title_keeps_its_mark():
    title = "The mayor on the mills: «They stand idle»"
    assert facts(f"<title>{title} - Herald</title>").title == title


def test_the_posts_of_a_live_blog_are_not_the_article():
    post = {"@type": "BlogPosting", "headline": "The bridge is open again", "author": "Bo Chan"}
    post |= {"articleBody": "It opened at noon.", "datePublished": "2024-05-04T12:00:00Z"}
    blog = {"@type": "LiveBlogPosting", "headline": "The flood, day by day"}
    blog |= {"datePublished": "2024-05-03T08:00:00Z", "liveBlogUpdate": [post]}
    found = facts(f"<script type=application/ld+json>{json.dumps(blog)}</script>")
    assert (found.title, found.byline) == ("The flood, day by day", ())
    assert found.published == "2024-05-03T08:00:00+00:00"


def test_the_author_of_a_picture_is_not_the_author_of_the_article():
    page = (
        "<meta name=author content='Ann Lee'><figure itemscope"
        " itemtype=https://schema.org/ImageObject><meta itemprop=author content='Bo Chan'></figure>"
    )
    assert facts(page).byline == ("Ann Lee",)


def test_the_only_heading_that_is_named_as_a_post_is_the_title_and_not_that_of_the_blog():
    page = (
        "<meta property=og:title content='The gate is stuck'>"
        "<title>Notes from the lock: The gate is stuck</title><h1>Notes from the lock</h1>"
        "<h3 class='post-title entry-title'>The gate is stuck</h3><p>It has been for a week.</p>"
    )
    url = "https://lock.example/2031/05/gate.html"
    assert read_metadata(parse(page, url=url), url).title == "The gate is stuck"


@pytest.mark.parametrize("window", ["Notes from the lock", "The gate - Notes from the lock"])
def test_a_first_heading_that_leads_home_is_the_name_of_the_blog(window):
    page = (
        f"<title>{window}</title><h1><a href=/>Notes from the lock</a></h1>"
        "<main><h2>The gate is stuck</h2><p>It has been for a week.</p></main>"
    )
    url = "https://lock.example/2031/05/gate.html"
    assert read_metadata(parse(page, url=url), url).title in {"The gate is stuck", "The gate"}


def test_a_name_that_fits_the_address_leaves_the_end_of_a_title():
    page = "<title>Nine ways to oil a gate | Lock Keepers Blog</title><p>Slowly.</p>"
    url = "https://blog.lock-keepers.example/oil"
    assert read_metadata(parse(page, url=url), url).title == "Nine ways to oil a gate"
    page = "<title>Nine ways to oil a gate | Slowly and well</title><p>Slowly.</p>"
    assert "Slowly" in read_metadata(parse(page, url=url), url).title


@pytest.mark.parametrize("name", ["Blog", "News", "The Blog", "Homepage", "/"])
def test_a_section_is_no_site(name):
    page = f"<meta property=og:site_name content='{name}'><h1>The gate is stuck</h1>"
    url = "https://lock.example/gate"
    assert read_metadata(parse(page, url=url), url).site_name == "lock.example"


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Ann O’Lee The Associated Press", ("Ann O’Lee",)),
        ("Ann Lee Ann Lee", ("Ann Lee",)),
        ("Journalist", ()),
        ("herald.de, Springfield, Ruritania", ()),
    ],
)
def test_what_stands_beside_a_name_is_not_part_of_it(byline, people):
    assert names([byline]) == people


@pytest.mark.parametrize(
    ("window", "host", "site", "title"),
    [
        ("The flood | The Lock Times", "locktimes.example", "The Lock Times", "The flood"),
        ("Lock Vault - The flood", "www.lockvault.example", "Lock Vault", "The flood"),
        ("The flood - Weir9's Forum", "forum.weir9.example", "Weir9's Forum", "The flood"),
        ("The flood on Weir", "store.weirpowered.example", "Weir", "The flood"),
        ("The flood on Lockport", "lockport.example", "Lockport", "The flood"),
        ("The flood | A night to remember", "lock.example", "lock.example", None),
    ],
)
def test_a_part_of_the_windows_title_that_is_in_the_address_is_the_site(window, host, site, title):
    told = facts(f"<title>{window}</title>", url=f"https://{host}/flood")
    assert (told.site_name, told.title) == (site, title or window)


def test_the_only_heading_is_the_title_where_search_engines_get_another_about_the_same():
    seo = "The 59 Best Lock Keepers by the River"
    head = meta(og__title=seo) + f"<title>{seo}</title>"
    headline = "60 Lock Keepers by the River Who Keep Their Gates"
    assert facts(head, f"<h1>{headline}</h1>").title == headline
    assert facts(head, "<h1>What they make of a river in spring</h1>").title == seo


def test_a_label_in_a_heading_is_no_part_of_the_title():
    heading = "<h1><span class='label label--blue'>Tips</span> Which gate is the best one?</h1>"
    assert facts("<title>x</title>", heading).title == "x"
    window = "<title>Tips - Which gate is the best one? | Locks</title>"
    assert facts(window, heading).title == "Which gate is the best one?"


def test_weekdays_clubs_and_the_firm_itself_are_no_authors():
    day = "<h1>The flood</h1><div class=byline-author>Donnerstag, 4. November 2021</div>"
    assert facts("", day).byline == ()
    assert names(["Verein: Alte Schleuse in Horn e.V."]) == ()
    assert names(["RiverwaterhouseLocks"], site="RwL") == ()
    assert names(["McDonald"], site="McD") == ("McDonald",)


@pytest.mark.parametrize(
    "line", ["BOOK: By Dec 31, 2025", "Travel: Jan 2 – Apr 30, 2026", "Valid until 3 May 2031"]
)
def test_the_day_on_which_an_offer_ends_is_not_when_it_was_published(line):
    assert (
        facts(body=f"<h1>The flood</h1><p>{line}</p>", url="https://lock.example/").published == ""
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="citation_doi" content="10.1000/ab.c">',
        '<meta name="dc.identifier" content="doi:10.1000/ab.c">',
        '<meta name="prism.doi" content="https://doi.org/10.1000/ab.c">',
        json_ld(
            identifier={"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/ab.c"}
        ),
        json_ld(sameAs=["https://example.org/", "https://doi.org/10.1000/ab.c"]),
        json_ld(**{"@id": "https://doi.org/10.1000/ab.c"}),
    ],
)
def test_a_page_says_its_own_doi(head):
    assert facts(head).doi == "10.1000/ab.c"
    article = extract(Page("https://example.org/a", f"<html><head>{head}</head><p>x</p>")).article
    assert article.doi == "10.1000/ab.c"


def test_a_doi_in_the_text_or_of_a_page_that_is_cited_is_not_that_of_the_article():
    body = '<p>The study: <a href="https://doi.org/10.1000/ab.c">doi:10.1000/ab.c</a></p>'
    head = json_ld(headline="A", citation={"@id": "https://doi.org/10.1000/ab.c"})
    assert facts(head + '<meta name="dc.identifier" content="4711">', body).doi == ""


def test_whoever_reviewed_a_product_did_not_write_its_page():
    review = {"@type": "Review", "author": {"name": "Rex Du"}, "datePublished": "2031-05-03"}
    product = {"@type": "Product", "name": "Mug", "review": [review]}
    found = facts(f"<script type=application/ld+json>{json.dumps(product)}</script>")
    assert (found.byline, found.published) == ((), "2024-05-03")  # of the address


@pytest.mark.parametrize(
    "box", ["<div class=testimonials>", "<blockquote>", "<div itemprop=review>", "<div class=x>"]
)
def test_what_a_customer_says_is_not_signed_by_the_author_of_the_page(box):
    said = f"{box}<p>They came at noon.</p><p class=byline>Rex Du</p></div>"
    assert facts(body=f"<h1>Pumps</h1><p>We mend pumps.</p>{said}").byline == (
        ("Rex Du",) if "class=x" in box else ()
    )


def test_the_only_time_of_a_manual_is_that_of_its_last_change():
    line = "<p>Last updated on <b><time datetime=2031-05-03>May 3, 2031</time></b></p>"
    text = "<h1>Pumps</h1>" + 20 * f"<p>{'Open the valve. ' * 20}</p>"
    found = facts(body=text + line, url="https://docs.example/p")
    assert (found.published, found.modified) == ("", "2031-05-03")


def test_a_title_in_a_list_names_no_author_of_the_page():
    items = "<ul><li><a href=/a>Tuning a pump</a> by Ann Lee, Bo Chan and others</li></ul>"
    assert facts(body=f"<h1>Pumps</h1>{items}").byline == ()


def test_the_headline_that_an_article_shows_is_its_title_though_search_engines_get_another():
    tags = "<meta property='article:published_time' content='2031-05-03'>"
    head = f"<title>Nine keepers judged by an expert</title>{tags}"
    shown = "How the river finally became a lake"
    page = "<h1 class={}>{}</h1><p>It rained.</p>"
    assert facts(head, page.format("c-page-title", shown)).title == shown
    assert facts(head, page.format("top", shown)).title == "Nine keepers judged by an expert"
    longer = page.format("c-page-title", "Nine keepers judged by an expert Posted on 3 May 2031")
    preview = "<meta property='og:title' content='Nine keepers judged by an expert'>"
    assert facts(head + preview, longer).title == "Nine keepers judged by an expert"
