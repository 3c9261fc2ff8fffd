"""The sources of a draft: what the library's articles say of its sentences."""

import pytest

from annotator.model import Claim
from annotator.model.query_parser import parse
from annotator.usecases.exporting.cite import cite, copying
from annotator.usecases.marks.annotate import Draft, mark
from builders import find_span, make_article, make_extraction, make_page

GRID = (
    "The yard at Kestrel Flats holds 640 megawatt-hours, enough for the city of Dunmere. "
    "“It is the most boring power station that I have ever seen,” says Pieter Anslow. "
    "A line was proposed in 2009, and the first pylon has yet to be ordered."
)
EELS = (
    "Between April and May, biologists counted 1,214 eels in the Marrow River. "
    "The town of Tarleton voted to remove its dam by 906 votes to 877."
)


@pytest.fixture
def keep(library, moment):
    """Return a function that keeps an article."""

    def kept(text, name, **metadata):
        url = f"https://{name}.example/story"
        article = make_article(text, url=url, title=name.title(), **metadata)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        return article

    return kept


@pytest.fixture
def grid(keep):
    """Return an article on a power station, which is in the library with one on eels."""
    keep(EELS, "eels")
    return keep(GRID, "grid", byline=("Ann Lee",))


def verdicts(library, text, **options):
    return [each.verdict for each in cite(library, text, **options).sentences]


def only(library, text, **options):
    [sentence] = cite(library, text, **options).sentences
    return sentence


def differences(sentence):
    return [
        (each.kind, each.draft, each.source)
        for source in sentence.sources
        for each in source.differences
    ]


def test_a_quotation_is_tied_to_its_passage_and_article(library, grid):
    found = only(library, "He called it ‘the most boring power station that I have ever seen’.")
    assert found.verdict == "quoted"
    [source] = found.sources
    assert source.record.title == "Grid"
    assert source.passage == "the most boring power station that I have ever seen"
    assert source.span.of(GRID) == source.passage


def test_a_quotation_with_other_words_says_which(library, grid):
    found = only(library, "It is “the most exciting power station that I have ever seen”, he said.")
    assert found.verdict == "other words"
    assert differences(found) == [("words", "exciting", "boring")]


@pytest.mark.parametrize(
    "draft",
    [
        "Kestrel Flats can hold 460 megawatt-hours, as much as Dunmere needs.",
        "“The yard at Kestrel Flats holds 460 megawatt-hours”, she wrote.",
    ],
)
def test_a_number_that_differs_is_told_with_both_numbers(library, grid, draft):
    found = only(library, draft)
    assert found.verdict == "other number"
    [(kind, said, meant)] = differences(found)
    assert (kind, said[:3], meant[:3]) == ("number", "460", "640")


def test_one_number_of_several_that_differs_is_told(library, grid):
    found = only(library, "Tarleton voted to remove the dam by 960 votes to 877.")
    assert differences(found) == [("number", "960", "906")]


def test_another_year_is_told(library, grid):
    found = only(library, "A line was proposed in 2007, but the first pylon was never ordered.")
    assert found.verdict == "other number"
    assert differences(found) == [("date", "2007", "2009")]


def test_other_words_for_the_same_are_a_paraphrase_and_never_a_quotation(library, grid):
    found = only(library, "In the Marrow River 1,214 eels were counted by biologists.")
    assert found.verdict == "paraphrased"
    assert not found.sources[0].is_quotation
    assert found.sources[0].score <= 1


@pytest.mark.parametrize(
    "draft",
    [
        "In Scotland, 1,214 people asked for a licence to fish for salmon.",
        "Germany had 1.8 million home batteries at the end of 2024.",
        "“Nothing of the kind was ever said by anybody,” she told the council.",
    ],
)
def test_a_claim_that_no_article_has_lacks_a_source(library, grid, draft):
    assert verdicts(library, draft) == ["no source"]


def test_opinions_questions_headings_and_code_need_no_source(library, grid):
    draft = "# The yard holds 460 MWh\n\nI like eels. Is that odd?\n\n    holds = 460\n"
    assert verdicts(library, draft) == ["nothing to cite", "nothing to cite"]


def test_a_sentence_with_a_footnote_or_link_is_cited_and_gets_no_other(library, grid):
    draft = (
        "Germany had 1.8 million home batteries in 2024.[^1] "
        "Biologists counted [1,214 eels](https://eels.example/story) in the Marrow River.\n\n"
        "[^1]: A register.\n"
    )
    found = cite(library, draft)
    assert [each.verdict for each in found.sentences] == ["cited", "cited"]
    assert found.text == draft
    assert found.sentences[1].sources[0].record.title == "Eels"


def test_a_number_that_differs_is_told_of_a_cited_sentence_as_well(library, grid):
    draft = "Biologists counted [1,412 eels](https://eels.example/story) in the Marrow River."
    found = cite(library, draft)
    assert [each.verdict for each in found.sentences] == ["other number"]
    assert found.text == draft


def test_a_passage_is_tied_to_the_mark_on_it(library, grid, moment):
    span = find_span(GRID, "The yard at Kestrel Flats holds 640 megawatt-hours")
    made = mark(library, grid, span, Draft(), now=moment)
    found = only(library, "The yard at Kestrel Flats can hold 640 megawatt-hours.")
    assert found.sources[0].mark == made


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("refuted", "[^1]: **Check:** You have marked this passage as refuted. See"),
        ("supported", "[^1]: **In other words:** See"),
    ],
)
def test_a_source_that_its_user_has_refuted_is_no_plain_one(library, grid, moment, status, note):
    span = find_span(GRID, "The yard at Kestrel Flats holds 640 megawatt-hours")
    mark(library, grid, span, Draft(claim=Claim(status=status)), now=moment)
    found = cite(library, "Kestrel Flats holds enough for Dunmere, 640 megawatt-hours.")
    assert note in found.text
    assert found.needs_work == (status == "refuted")


def test_a_claim_is_found_by_the_words_that_the_reader_gave_it(library, grid, moment):
    span = find_span(GRID, "the first pylon has yet to be ordered")
    claim = Claim(statement="Building of the Dunmere power line has not begun.")
    made = mark(library, grid, span, Draft(claim=claim), now=moment)
    found = only(library, "Building of the power line to Dunmere has not begun.")
    assert found.verdict == "paraphrased"
    assert found.sources[0].mark == made


def test_the_draft_gets_footnotes_and_is_otherwise_unchanged(library, grid):
    draft = "Kestrel Flats holds 460 megawatt-hours, enough for Dunmere. I like it.\r\n"
    found = cite(library, draft)
    body, _, notes = found.text.partition("\r\n\r\n")
    assert body == draft.replace("Dunmere.", "Dunmere.[^1]").rstrip()
    assert notes.startswith(
        "[^1]: **Check:** The source says 640 megawatt-hours, the draft 460 megawatt-hours"
    )
    assert "Ann Lee, [Grid](https://grid.example/story#:~:text=" in notes
    assert found.footnotes == 1


FENCE = "wo hundred and eight white containers stand on gravel behind a chain-link fence"
DAYS = "On 61 of the 90 days between December and February, the"
REGISTER = (
    "She is one of 1,306 people who report to the Rainfall Register, the oldest organization of "
    "its kind"
)
CONTAINERS = (
    f"The yard is full. T{FENCE}, humming a little. {DAYS} operator of the regional network told "
    "the plant to hold back some of its charge, because the line was full. "
    f"{REGISTER}, which was founded in 1884."
)


@pytest.mark.parametrize(
    ("sentence", "verdict", "run", "first"),
    [
        (
            f"In the yard, t{FENCE} today.",
            "copied",
            f"t{FENCE}",
            "**Copied in part:** See",
        ),
        (
            f"{REGISTER} in Europe.",
            "copied",
            REGISTER,
            "**In part:** The passage does not say “Europe”. See",
        ),
        (
            f"{DAYS} plant was told to hold back some of its charge.",
            "copied",
            DAYS,
            "**Copied in part:** See",
        ),
        (
            f"{DAYS} operator had to act.",
            "copied",
            f"{DAYS} operator",
            "**In part:** The passage does not say “act”. See",
        ),
        (
            f"{DAYS} operator of the regional network allowed the plant to use all of its charge.",
            "other words",
            f"{DAYS} operator of the regional network",
            "**Check:** The source says “some”, the draft “all”. See",
        ),
        (
            "On 71 of the 90 days between December and February, the operator had to act.",
            "other number",
            "of the 90 days between December and February, the operator",
            "**Check:** The source does not have 71 here. See",
        ),
    ],
)
def test_eight_words_of_a_source_are_named_beside_what_differs(
    library, keep, sentence, verdict, run, first
):
    keep(CONTAINERS, "containers")
    found = cite(library, sentence)
    [checked] = found.sentences
    assert checked.verdict == verdict
    [source] = checked.sources
    assert source.copied == (run,)
    assert copying(source) == f"Eight words or more are copied: “{run}”."
    assert f"[^1]: {first} " in found.text


def test_a_copied_part_is_quoted_when_it_has_quotation_marks(library, keep):
    keep(CONTAINERS, "containers")
    run = f"t{FENCE}"
    once = cite(library, f"In the yard, {run} today.\n").text
    assert "[^1]: **Copied in part:** See" in once
    assert cite(library, once).text == once
    assert only(library, f"In the yard, “{run}” today.\n").verdict == "quoted"


def test_what_is_copied_beside_a_quotation_is_told(library, keep):
    keep(CONTAINERS, "containers")
    found = only(library, f"“Humming a little” they stood; {DAYS} mayor said.")
    assert found.verdict == "copied"
    assert [source.copied for source in found.sources if source.copied] == [(DAYS,)]


def test_a_second_run_changes_nothing(library, grid):
    once = cite(library, f"{EELS} {GRID}")
    again = cite(library, once.text)
    assert (again.text, again.footnotes) == (once.text, 0)


@pytest.mark.parametrize("is_markdown", [True, False])
def test_what_a_footnote_says_is_to_be_checked_goes_when_the_sentence_is_mended(
    library, grid, is_markdown
):
    right = "Kestrel Flats holds 640 megawatt-hours, enough for Dunmere. I like it.\n"
    wrong = cite(library, right.replace("640", "460"), is_markdown=is_markdown)
    mended = cite(
        library,
        wrong.text.replace("Flats holds 460", "Flats holds 640", 1),
        is_markdown=is_markdown,
    )
    assert mended.revised == 1
    assert mended.text == cite(library, right, is_markdown=is_markdown).text
    other = mended.text.replace("Flats holds 640", "Flats holds 520", 1)
    again = cite(library, other, is_markdown=is_markdown)
    assert "the draft 520 megawatt-hours" in again.text
    assert cite(library, again.text, is_markdown=is_markdown).text == again.text


def test_a_footnote_that_its_user_has_changed_or_uses_twice_stays(library, grid):
    wrong = cite(library, "Kestrel Flats holds 460 megawatt-hours, enough for Dunmere.\n").text
    mended = wrong.replace("holds 460", "holds 640")
    own = mended.replace("Ann Lee", "Ann Lee herself")
    assert cite(library, own).text == own
    twice = mended.replace("[^1]\n", "[^1] It holds 640.[^1]\n")
    assert cite(library, twice).text == twice


def test_a_footnote_does_not_hide_a_quotation_that_its_article_lacks(library, grid):
    draft = "“Nobody in this town will miss the old dam,” says Pieter Anslow.[^1]\n\n[^1]: {}\n"
    found = cite(library, draft.format("https://grid.example/story"))
    assert (found.sentences[0].verdict, found.needs_work) == ("no source", True)
    assert found.sentences[0].lost == ("Nobody in this town will miss the old dam,",)
    elsewhere = cite(library, draft.format("https://other.example/book"))
    assert (elsewhere.sentences[0].verdict, elsewhere.needs_work) == ("cited", False)


def test_two_footnotes_of_one_sentence_keep_their_order(library, grid):
    draft = (
        "“It is the most boring power station that I have ever seen,” says Pieter Anslow of the"
        " 460 megawatt-hours, and “the first pylon has yet to be ordered.”\n"
    )
    once = cite(library, draft)
    assert once.footnotes > 1
    again = cite(library, once.text)
    assert (again.text, again.revised) == (once.text, 0)


def test_a_draft_that_was_read_as_an_article_is_no_source_of_itself(library, keep):
    article = keep(EELS, "eels")
    found = cite(library, EELS, address=article.url)
    assert {sentence.sources for sentence in found.sentences} == {()}
    assert found.itself.title == "Eels"


def test_common_words_find_an_article_if_they_are_near_each_other_there(library, keep, monkeypatch):
    monkeypatch.setattr("annotator.store.questions.shared_words.COMMON", 1)
    far = " ".join(f"word{number}" for number in range(40))
    keep(f"The ladders were old. {far} The eels were young. {far} Nothing cost anything.", "far")
    keep("Ladders for young eels cost 60,000 dollars here.", "near")
    found = only(library, "For young eels, ladders cost 60,000 dollars.")
    assert [each.record.title for each in found.sources] == ["Near"]


def test_an_article_that_other_sentences_have_as_source_is_looked_at_for_all(
    library, keep, monkeypatch
):
    monkeypatch.setattr("annotator.store.questions.shared_words.COMMON", 1)
    article = keep(f"{EELS} It had not turned a wheel since 1962.", "eels")
    keep("Nobody removed the wheel, which had turned since it was new.", "wheels")
    keep("The wheel turned, and then it had turned again.", "turning")
    draft = "Biologists counted 1,214 eels in the Marrow River. It had turned no wheel since 1962."
    found = cite(library, draft).sentences
    assert {source.record.id for each in found for source in each.sources} == {article.id}
    assert found[1].sources


def test_a_quotation_with_who_said_it_has_one_source(library, grid):
    found = only(library, "“the most boring power station that I have ever seen,” says Anslow")
    assert len(found.sources) == 1


def test_names_that_the_article_lacks_are_listed(library, grid):
    found = only(
        library, "It is “the most boring power station that I have ever seen,” says Bo Ek."
    )
    assert found.sources[0].unsaid == ("Bo Ek",)


def test_an_amount_that_the_passage_lacks_is_told(library, grid):
    found = only(library, "Kestrel Flats holds 640 megawatt-hours and cost $11 million to build.")
    assert differences(found) == [("number", "$11 million", "")]
    assert found.verdict == "other number"


def test_a_query_limits_the_articles(library, grid):
    draft = "In the Marrow River 1,214 eels were counted by biologists."
    assert verdicts(library, draft, query=parse("site:eels.example")) == ["paraphrased"]
    assert verdicts(library, draft, query=parse("site:grid.example")) == ["no source"]


def test_articles_in_the_bin_are_no_source(library, grid):
    library.trash(grid.id)
    assert verdicts(library, "Kestrel Flats holds 640 megawatt-hours, enough for Dunmere.") == [
        "no source"
    ]


def test_an_empty_library_and_an_empty_draft_are_no_error(library):
    assert verdicts(library, "Kestrel Flats holds 640 megawatt-hours.") == ["no source"]
    assert cite(library, "").sentences == ()


def test_an_article_that_cannot_be_read_is_told(library, grid):
    cite(library, "Now the index has its words.")
    for path in library.folder.rglob("revisions/*"):
        if grid.id in str(path):
            path.write_bytes(b"{")
    found = cite(library, "Kestrel Flats holds 640 megawatt-hours, enough for Dunmere.")
    assert [title for title, _ in found.unread] == ["Grid"]


def test_scripts_without_spaces_and_from_right_to_left_are_found(library, keep):
    keep("柏木さんは言う。「糊は、こちらの都合では乾いてくれませんから」。", "paste", language="ja")
    keep("وقالت: لا أحتاج إلى الماء، فالأنبوب يكفيني.", "water", language="ar")
    assert verdicts(library, "彼は「糊は、こちらの都合では乾いてくれませんから」と話した。") == [
        "quoted"
    ]
    assert verdicts(library, "تقول أم خليل: «لا أحتاج إلى الماء، فالأنبوب يكفيني».") == ["quoted"]
