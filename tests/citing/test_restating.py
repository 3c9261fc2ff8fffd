"""Whether a passage says what a sentence says, and what it says otherwise."""

from itertools import pairwise

import pytest

from annotator.citing.checking import PossibleSource, check
from annotator.citing.draft import read_draft
from annotator.citing.restating import restated
from annotator.citing.source_text import SourcePassage, SourceText
from annotator.model import Span

MINUTES = "All pairs took four minutes and ten seconds on a laptop from 2017."
PAIRS = "Of the 1,000 pairs, 968 were the same page. The other 32 were not."
VOTE = "The town of Tarleton voted to remove its dam by 906 votes to 877 in 2018."


def verdict(sentence, source, *, is_claim=True, ends=()):
    """Return the verdict on a sentence, and what differs; `ends` are where sentences end."""
    whole = Span(0, len(source))
    spans = [Span(*each).trimmed(source) for each in pairwise([0, *ends, len(source)])]
    candidate = PossibleSource("source", SourceText(source, [(whole, spans)]), "en")
    draft = read_draft(sentence, lambda text: [Span(0, len(text)).trimmed(text)])
    found = check(draft.sentences[0], [candidate], is_claim=is_claim)
    told = [(each.draft, each.source) for one in found.findings for each in one.differences]
    return found.verdict, told


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Of a thousand pairs, 968 turned out to be of one page.", PAIRS),
        ("In Tarleton 906 people were for removing the dam, and 877 against.", VOTE),
        ("Some 900 people in Tarleton voted to remove the dam in 2018.", VOTE),
        ("Tarleton decided in 2018 to remove its dam, by 906 to 877.", VOTE),
    ],
)
def test_equal_and_rounded_numbers_are_a_paraphrase(sentence, source):
    assert verdict(sentence, source) == ("paraphrased", [])


NINE = ("nine minutes", "four minutes and ten seconds")


@pytest.mark.parametrize(
    ("sentence", "source", "numbers"),
    [
        ("It took the laptop nine minutes to compare all pairs.", MINUTES, NINE),
        ("Tarleton voted to remove its dam by 960 votes to 877.", VOTE, ("960", "906")),
        ("Tarleton voted to remove its dam in 2016.", VOTE, ("2016", "2018")),
        (
            "The town of Tarleton voted to remove its dam by 906 votes to 887.",
            VOTE,
            ("887", "877"),
        ),
    ],
)
def test_a_number_in_the_place_of_another_is_told(sentence, source, numbers):
    assert verdict(sentence, source) == ("other number", [numbers])


@pytest.mark.parametrize(
    "sentence",
    [
        "In Scotland, 906 people asked for a licence.",  # the same number, another subject
        "The town of Marlow voted to remove its dam by 1,406 votes to 311.",  # another town
        "A survey of 512 people in Tarleton found that 40 percent voted.",  # two other numbers
        "Finland lends 3.1 million books.",
    ],
)
def test_another_subject_is_not_a_source(sentence):
    assert verdict(sentence, VOTE) == ("no source", [])


def test_other_languages_are_found_by_names_and_numbers():
    sentence = "Die Stadt Tarleton stimmte 2018 mit 906 zu 877 Stimmen für den Abriss."
    assert verdict(sentence, VOTE) == ("paraphrased", [])


def test_a_correction_is_not_taken_for_what_the_article_says():
    text = "The dam at Tarleton was 11 feet high.\n\nCorrection: It gave the dam as 17 feet high."
    first, last = Span(0, 37), Span(39, len(text))
    source = SourceText(text, [(first, [first]), (last, [last])])
    draft = read_draft("The dam was 17 feet high.", lambda part: [Span(0, len(part))])
    found = check(draft.sentences[0], [PossibleSource("source", source, "en")], is_claim=True)
    assert found.verdict == "other number"


def test_a_denial_is_told():
    source = "The director denied that she had signed the contract with Veltram."
    found, [(draft, _)] = verdict("The director signed the contract with Veltram.", source)
    assert found == "other words"
    assert draft


def test_eight_words_in_a_row_without_quotation_marks_are_copied():
    assert verdict("Of the 1,000 pairs, 968 were the same page.", PAIRS) == ("copied", [])


def test_a_sentence_without_facts_needs_more_in_common():
    sentence = "I asked whether I should look at the page as well."
    source = "Half of them were asked whether others should look at it."
    assert verdict(sentence, source, is_claim=False) == ("nothing to cite", [])


def test_a_number_in_the_sentence_beside_the_passage_is_told():
    kept = "In 2016 the county of Eastmark began to keep each list on the reader's own card."
    source = f"{kept} The change cost £0.38 a card."
    sentence = (
        "The county of Eastmark moved the list to the reader's card, which cost £0.83 a card."
    )
    assert verdict(sentence, source, ends=[len(kept)]) == ("other number", [("£0.83", "£0.38")])


def match_of(sentence, source, *, before="", language="en"):
    text = f"{before} {source}".strip()
    whole, start = Span(0, len(text)), len(text) - len(source)
    passage = SourcePassage(Span(start, len(text)), whole)
    return restated(sentence, passage, SourceText(text, [(whole, [whole])]), language)


@pytest.mark.parametrize(
    ("sentence", "source", "before", "score", "terms"),
    [
        (
            "The harbour of Dunmere has 640 boats.",
            "The harbour of Dunmere holds 640 boats.",
            "",
            1.0,
            5,
        ),
        (
            "The old harbour of Dunmere was built by hand.",
            "The old harbour of Dunmere was made.",
            "By hand they built.",
            0.843,
            3,
        ),
        (
            "Ann Lee built the harbour of Dunmere.",
            "The harbour of Dunmere was made by her.",
            "Ann Lee is old.",
            0.677,
            2,
        ),
        (
            "Der alte Hafen von Dunmere hat 640 Boote.",
            "The old harbour of Dunmere has 640 boats.",
            "",
            0.861,
            4,
        ),
    ],
)
def test_how_certain_it_is_depends_on_what_the_passage_and_its_paragraph_have(
    sentence, source, before, score, terms
):
    match = match_of(sentence, source, before=before)
    assert (match.score, match.terms) == (score, terms)
    assert match.differences == match.unsaid == ()


def test_a_name_may_stand_anywhere_in_the_article_and_another_word_only_nearby():
    sentence, said = "Ann Lee built the harbour of Dunmere.", "The harbour of Dunmere was made."
    text = f"{said}\n\nAnn Lee is old. They built it."
    first, second = Span(0, len(said)), Span(len(said) + 2, len(text))
    source = SourceText(text, [(first, [first]), (second, [second])])
    match = restated(sentence, SourcePassage(first, first), source, "en")
    near = match_of(sentence, f"{said} They built it.", before="Ann Lee is old.")
    assert match is None or match.score < near.score


def test_what_was_said_of_somebody_else_with_another_number_is_no_source():
    source = "Ann Lee of Dunmere sold 640 boats in May."
    assert match_of("Bo Ek of Dunmere sold 640 boats in May.", source).unsaid == ("Bo Ek",)
    assert match_of("Ann Lee of Dunmere sold 460 boats in May.", source).differences
    assert match_of("Bo Ek of Dunmere sold 460 boats in May.", source) is None
