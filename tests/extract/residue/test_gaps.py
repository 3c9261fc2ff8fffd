"""Lines that read like a menu stay where passages around them say that they are text."""

import pytest

from annotator.extract.blocks.walker import read_passages
from annotator.extract.choice.scorer.decisions import UNLIKELY
from annotator.extract.dom.parse import parse
from annotator.extract.passages import ArticleDraft, Rule
from annotator.extract.residue.gaps import fill_gaps

SHOPS = "".join(f'<li><a href="https://{name}.example">{name}</a></li>' for name in ("Orr", "Ulm"))
NAMES = ("Market Weir", "Thornby", "Lower Askwold")
ANSWERS = (
    "It rose by nine feet in a single night, which is more than in any year since the wall.",
    "It fell within nine days, and what it left on the fields was a finger of fine grey silt.",
    "Nobody was hurt, since the bell had been rung before midnight, and the lower road closed.",
)


def kept(extraction) -> list[str]:
    return [block.text for block in extraction.article.blocks]


def test_links_that_a_line_of_the_text_announces_are_its_list(clean):
    lead = "<p>Two towns further down had the worst of it in that year, and they were these:</p>"
    assert {"Orr", "Ulm"} <= {*kept(clean(f"{lead}<ul>{SHOPS}</ul>"))}


def test_links_that_nothing_announces_are_a_menu(clean):
    assert not {"Orr", "Ulm"} & {*kept(clean(f"<ul>{SHOPS}</ul>"))}


def test_an_option_stays_with_what_it_does(clean):
    options = (
        "<dl><dt>-a</dt><dt>--all</dt><dd>Stage all files that the flood has reached.</dd></dl>"
    )
    assert "--all" in kept(clean(options))


def test_a_line_of_a_list_is_no_credit_among_its_fellows(clean):
    names = ("Processor", "Memory", "Storage", "Graphics", "Network", "Sound")
    items = "".join(
        f"<li><b>{name}:</b> Askwold {name[:2].upper()} 970 or better</li>" for name in names
    )
    lead = "<p>The gauge of the parish runs on a machine that has to have, at the least, this:</p>"
    assert "Graphics: Askwold GR 970 or better" in kept(clean(f"{lead}<ul>{items}</ul>"))


@pytest.mark.parametrize("tag", ["button", "h3"])
def test_a_question_stays_above_its_answer(clean, tag):
    asked = [f"How did the river do in the year {1911 + number}?" for number in range(3)]
    page = "".join(
        f'<div class=entry><{tag} class=opener><a href="#{number}">{question}</a></{tag}>'
        f"<div class=answer><p>{answer}</p></div></div>"
        for number, (question, answer) in enumerate(zip(asked, ANSWERS, strict=True))
    )
    assert {*asked} <= {*kept(clean(page))}


def filled(body: str, *likely: float, is_article: bool = True) -> list[str]:
    """Return what is kept of a page of which the lines with likelihoods below .5 are left out."""
    draft = ArticleDraft(*read_passages(parse(f"<body><article>{body}</article></body>")))
    for line, likelihood in zip(draft.passages, likely, strict=True):
        line.likelihood = likelihood
        if likelihood < 0.5:
            line.verdict, line.judge = UNLIKELY, "scorer"
    fill_gaps(draft, is_article=is_article)
    return [line.text for line in draft.kept]


@pytest.mark.parametrize("is_article", [False, True])
def test_figures_between_parts_of_a_page_that_is_no_article_are_its_own(prose, is_article):
    lines = (prose[0], "94 mills", "9 days", prose[1])
    body = "".join(f"<div><p>{line}</p></div>" for line in lines)
    left = filled(body, 1, 0.2, 0.2, 1, is_article=is_article)
    assert left == [*(lines[::3] if is_article else lines)]


@pytest.mark.parametrize("name", ["nav-card", "cmp-promo-container", "teaser"])
@pytest.mark.parametrize("is_article", [False, True])
def test_cards_that_are_much_of_a_page_that_is_no_article_are_its_text(prose, is_article, name):
    services = ("Silt and its removal", "Bells and their ropes", "Walls above the weir")
    cards = "".join(f'<div class={name}><a href="#a">{text}</a></div>' for text in services)
    body = f"<p>{prose[0]}</p>{cards}<p>{prose[1]}</p>"
    left = filled(body, 1, *[0.07] * 3, 1, is_article=is_article)
    assert ({*services} <= {*left}) is not is_article


def test_a_link_between_paragraphs_is_not_much_of_a_page(prose):
    body = f'<p>{prose[0]}</p><p><a href="#a">Walls</a></p><p>{prose[1]}</p><p>{prose[0]} Yes.</p>'
    assert "Walls" not in filled(body, 1, 0.07, 1, 1, is_article=False)


def test_terms_stay_with_their_definition(prose):
    terms = '<dt><a href="/send">send()</a></dt><dt>post()</dt>'
    body = f"<p>{prose[0]}</p><dl>{terms}<dd>{prose[1]}</dd></dl>"
    assert filled(body, 1, 0.1, 0.1, 1) == [prose[0], "send()", "post()", prose[1]]


@pytest.mark.parametrize(("likely", "stays"), [(0.3, True), (0.05, False)])
def test_headings_that_link_to_what_is_below_them_stay_if_they_may_be_text(prose, likely, stays):
    entries = (
        f"<div><h2><a href=/{n}>School {n}</a></h2><p>{prose[n]}</p></div>" for n in range(4)
    )
    left = filled("".join(entries), *(likely, 1) * 4)
    assert [f"School {number}" in left for number in range(1, 4)] == [stays] * 3


def test_a_label_stays_above_what_it_is_for(prose):
    body = f"<p>{prose[0]}</p><p>Pros:</p><p>{prose[1]}</p><p>Aside</p><p>{prose[2]}</p>"
    assert filled(body, 1, 0.1, 1, 0.1, 1) == [prose[0], "Pros:", *prose[1:3]]


def test_a_line_above_a_list_that_is_filled_stays_with_it(clean):
    links = "".join(f"<li><a href=#t{n}>{name}</a></li>" for n, name in enumerate(NAMES))
    lead = "<p>These are the places that the flood of that year took by night:</p>"
    assert kept(clean(f"{lead}<ul>{links}</ul>"))[2:-2] == [lead[3:-4], *NAMES]


@pytest.mark.parametrize("href", ["#mill", "https://mill.example"])
def test_a_heading_that_links_to_itself_is_the_anchor_of_its_section(prose, href):
    heading = f'<a href="{href}"><div><h2 id=mill>The mill</h2></div></a>'
    body = f"<p>{prose[0]}</p><div>{heading}<div><p>{prose[1]}</p></div></div><p>{prose[2]}</p>"
    assert ("The mill" in filled(body, 1, 0.1, 1, 1)) == (href == "#mill")


def test_headings_that_are_likely_links_stay_above_facts(prose):
    shops = [f'<h2><a href="/{n}">{n}. The shop of {n}</a></h2><p>Reviews: 9</p>' for n in "123"]
    body = f"<p>{prose[0]}</p>{''.join(shops)}<p>{prose[1]}</p>"
    assert "2. The shop of 2" in filled(body, 1, *[0.49, 1] * 3, 1)[3]


def test_a_heading_that_links_stays_among_kept_ones_that_do(prose):
    body = "".join(
        f'<h3><a href="https://{at}.example">{name}</a></h3><p>{prose[at]}</p>'
        for at, name in enumerate(NAMES)
    )
    left = filled(f"<p>{prose[3]}</p>{body}", 1, 1, 1, 0.3, 1, 1, 1)
    assert {*NAMES} <= {*left}


@pytest.mark.parametrize("level", ["h2", "p"])
def test_a_list_that_is_all_a_heading_has_below_it_stays(prose, level):
    shops = "".join(
        f'<h5><a href="https://{at}.example">{n}</a></h5>' for at, n in enumerate(NAMES)
    )
    mills = f"<{level}>Mills</{level}><div>{shops}</div>"
    left = filled(
        f"<p>{prose[0]}</p>{mills}<h2>Tolls</h2><p>{prose[1]}</p>", 1, 1, 0.1, 0.1, 0.1, 1, 1
    )
    assert ({*NAMES} <= {*left}) == (level == "h2")


def test_a_name_that_was_taken_for_a_teaser_stays_among_its_fellows(prose):
    names = [f"Mill {number}" for number in range(8)]
    body = "".join(f"<div class=card><h2>{n}</h2></div><p>{prose[0]}</p>" for n in names)
    draft = ArticleDraft(*read_passages(parse(f"<body><article>{body}</article></body>")))
    taken = draft.passages[4]
    taken.verdict, taken.judge = Rule("related", "teasers", "One of many teasers."), "rules"
    fill_gaps(draft, is_article=True)
    assert [line.text for line in draft.kept][::2] == names


def test_sections_that_have_only_links_stay_among_others():
    draft, regions = read_passages(
        parse(
            f"<body><article><h2>A</h2><p>{ANSWERS[0]}</p><p>{ANSWERS[1]}</p>"
            f"<h2>B</h2><ul>{SHOPS}</ul><h2>C</h2><ul>{SHOPS}</ul></article></body>"
        )
    )
    for passage in draft:
        passage.likelihood = 0.8
        if passage.text in {"B", "C"}:
            passage.verdict, passage.judge = Rule("related", "heading-of-nothing", ""), "endings"
        elif passage.linked:
            passage.verdict, passage.judge = UNLIKELY, "rules"
    fill_gaps(ArticleDraft(draft, regions), is_article=True)
    assert all(passage.is_kept for passage in draft)


def test_a_box_amid_the_text_that_explains_its_terms_belongs_to_it(clean):
    words = "what the keepers of the locks call whatever comes down with the river in a wet spring."
    terms = "".join(f"<p><strong>{term}</strong>: {words}</p>" for term in ("Sill", "Beam", "Gate"))
    box = f"<div class=entry-sidebar><h3>Terms to know</h3>{terms}</div>"
    assert {"Terms to know", f"Beam: {words}"} <= {*kept(clean(box))}
