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
    ("sentence", "source", "found"),
    [
        ("Of a thousand pairs, 968 turned out to be of one page.", PAIRS, "paraphrased"),
        ("Some 900 people in Tarleton voted to remove the dam in 2018.", VOTE, "paraphrased"),
        (
            "In Tarleton 906 people were for removing the dam, and 877 against.",
            VOTE,
            "partly said",  # against
        ),
        (
            "Tarleton decided in 2018 to remove its dam, by 906 to 877.",
            VOTE,
            "partly said",  # decided
        ),
    ],
)
def test_equal_and_rounded_numbers_are_a_paraphrase(sentence, source, found):
    assert verdict(sentence, source) == (found, [])


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
    assert verdict(sentence, VOTE) == ("partly said", [])


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
    ("sentence", "source", "before", "score", "terms", "unsaid"),
    [
        (
            "The harbour of Dunmere has 640 boats.",
            "The harbour of Dunmere holds 640 boats.",
            "",
            1.0,
            5,
            (),
        ),
        (
            "The old harbour of Dunmere was built by hand.",
            "The old harbour of Dunmere was made.",
            "By hand they built.",
            0.843,
            3,
            ("built",),
        ),
        (
            "Ann Lee built the harbour of Dunmere.",
            "The harbour of Dunmere was made by her.",
            "Ann Lee is old.",
            0.677,
            2,
            ("built",),
        ),
        (
            "Der alte Hafen von Dunmere hat 640 Boote.",
            "The old harbour of Dunmere has 640 boats.",
            "",
            0.861,
            4,
            ("alte", "Boote"),
        ),
    ],
)
def test_how_certain_it_is_depends_on_what_the_passage_and_its_paragraph_have(
    sentence, source, before, score, terms, unsaid
):
    match = match_of(sentence, source, before=before)
    assert (match.score, match.terms) == (score, terms)
    assert (match.differences, match.unsaid) == ((), unsaid)


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


@pytest.mark.parametrize(
    ("sentence", "source", "unsaid"),
    [
        (
            "The school will scrap its course in glass.",
            "The school has a course in glass.",
            "scrap",
        ),
        ("All boats of Dunmere sailed.", "The boats of Dunmere sailed.", "All"),
        ("Only the boats of Dunmere sailed.", "The boats of Dunmere sailed.", "Only"),
        ("The first boat of Dunmere sailed.", "The boat of Dunmere sailed.", "first"),
        ("The boats of Dunmere sailed.", "The boats of Dunmere sailed.", ""),
        ("The boats sailed from the Dunmere harbour.", "The boats sailed from Dunmere.", "harbour"),
        ("Alle Boote legten in Dunmere an.", "Die Boote legten in Dunmere an.", "Alle"),
        ("Solo i pescatori pagano la tassa.", "I pescatori pagano la tassa.", "Solo"),
    ],
)
def test_words_that_the_passage_has_in_no_form_are_listed(sentence, source, unsaid):
    match = match_of(sentence, source)
    assert (" ".join(match.unsaid), match.differences) == (unsaid, ())


@pytest.mark.parametrize(
    ("sentence", "source", "beyond"),
    [
        (
            "The school in Torvik ends its course.",
            "The school in Torvik wanted to end its course.",
            ("wanted",),
        ),
        (
            "The school in Torvik wanted to end its course.",
            "The school in Torvik wanted to end its course.",
            (),
        ),
        (
            "The ban on fishing returns.",
            "The ban on fishing returns if the values rise.",
            ("if",),
        ),
        (
            "Zwei Betreiber bauen einen Mast.",
            "Zwei Betreiber haben den Bau eines Mastes geprüft und sich dagegen entschieden.",
            ("dagegen",),
        ),
    ],
)
def test_words_of_the_passage_that_turn_it_or_leave_it_open_are_listed(sentence, source, beyond):
    language = "de" if "Mast" in sentence else "en"
    assert match_of(sentence, source, language=language).beyond == beyond


def test_what_the_article_says_of_somebody_else_is_not_said_of_a_name():
    before = "Pedralba kept its rules."
    source = "The school of Altozan scrapped homework two years ago."
    match = match_of("The school of Pedralba scrapped homework.", source, before=before)
    assert match.unsaid == ("Pedralba",)
    source = "Its school scrapped homework two years ago."
    assert match_of("The school of Pedralba scrapped homework.", source, before=before).unsaid == ()


def test_who_else_says_it_is_listed():
    before = "Dana Holt leads the union, and Peter Lund the company."
    source = "The crew works fourteen hours without a break, said Dana Holt."
    said = "The crew works fourteen hours without a break, said {}."
    assert match_of(said.format("Peter Lund"), source, before=before).unsaid == ("Peter", "Lund")
    assert match_of(said.format("Dana Holt"), source, before=before).unsaid == ()


def test_a_short_sentence_is_in_the_language_of_its_article():
    sentence = "La società Feltrex non ha presentato ricorso contro la condanna."
    source = "La società Feltrex ha presentato ricorso contro la condanna."
    [denial] = match_of(sentence, source, language="it").differences
    assert denial.draft == "only the draft has “non”"


def test_the_name_that_begins_a_sentence_is_listed_if_the_passage_has_another_one():
    before = "Some jets went to the carrier Sunvik."
    source = "Tim Lund said the airline is the largest international carrier in the world."
    other = "Sunvik is the largest international carrier in the world."
    match = match_of(other, source, before=before)
    assert match
    assert (match.unsaid, match.differences) == (("Sunvik",), ())
    unnamed = "Now the airline is the largest international carrier in the world."
    assert match_of(other, unnamed, before=before).unsaid == ()


def test_until_after_is_no_like_of_before():
    source = "The council is certain to announce the 2035 target only {} the next election."
    sentence = "The council is certain to announce the 2035 target only before the next election."
    assert match_of(sentence, source.format("until after")).unsaid == ("before",)
    assert match_of(sentence, source.format("until")).unsaid == ()
