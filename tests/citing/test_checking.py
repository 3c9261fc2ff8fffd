"""Which article is the source of a sentence, if several could be."""

import pytest

from annotator.citing.checking import FoundSource, PossibleSource, _bare, _is_certain, _merit, check
from annotator.citing.differences import Difference
from annotator.citing.draft import read_draft
from annotator.citing.restating import Restatement
from annotator.citing.source_text import SourceText
from annotator.model import Span

WORDS = "The harbour can hold 640 boats and the town has none."
QUOTED = "the most boring power station that I have ever seen"
HAIR = 0.001


def article(key, text, *, marked=(), statements=(), paragraphs=None):
    spans = paragraphs or [Span(0, len(text))]
    source = SourceText(text, [(span, [span]) for span in spans])
    return PossibleSource(key, source, "en", marked, statements)


def checked(sentence, *articles, is_claim=True, own=()):
    draft = read_draft(sentence, lambda text: [Span(0, len(text)).trimmed(text)])
    return check(draft.sentences[0], articles, is_claim=is_claim, own=own)


def sources(sentence, *articles, **how):
    return [finding.key for finding in checked(sentence, *articles, **how).findings]


def test_a_copied_sentence_is_from_the_first_article_or_the_one_that_is_referred_to():
    articles = article("one", WORDS), article("two", WORDS)
    assert sources(WORDS, *articles) == ["one"]
    assert sources(WORDS, *articles, own=["two"]) == ["two"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("one two three four five six seven eight", "copied"),
        ("one two three four five six seven", "no source"),
    ],
)
def test_a_sentence_of_eight_words_is_copied(words, verdict):
    text = "Somebody counted: one two three four five six seven eight nine."
    assert checked(words, article("one", text)).verdict == verdict


def test_a_quotation_is_from_the_article_that_is_referred_to_then_from_a_marked_one():
    text = f"She said: {QUOTED}."
    plain = article("plain", text)
    marked = article("marked", text, marked=(Span(12, 20),))
    elsewhere = article("elsewhere", text, marked=(Span(0, 3),))
    sentence = f"It is “{QUOTED}”, she wrote."
    assert sources(sentence, plain, elsewhere, marked) == ["marked"]
    assert sources(sentence, plain, elsewhere, marked, own=["plain"]) == ["plain"]


def test_of_articles_with_the_same_quotation_the_one_with_the_words_around_it_counts():
    one, other = article("one", f"She said: {QUOTED}."), article("other", f"Orlova said: {QUOTED}.")
    assert sources(f"It is “{QUOTED}”, Orlova wrote.", one, other) == ["other"]
    assert sources(f"It is “{QUOTED}”, Lund wrote.", one, other) == ["one"]


def test_of_several_quotations_the_next_is_looked_for_where_the_last_one_was():
    first, second = "the most boring power station of all", "the highest praise there is"
    one, both = article("one", f"So {second}."), article("both", f"So {first}. So {second}.")
    sentence = f"“{first}”, he said, and “{second}”."
    assert sources(sentence, one, both) == ["both", "both"]


def test_the_better_wording_goes_before_an_article_that_is_referred_to():
    near = article("near", "She said: the most exciting power station that I have ever seen.")
    exact = article("exact", f"She said: {QUOTED}.")
    assert sources(f"“{QUOTED}”", near, exact, own=["near"]) == ["exact"]


def test_beside_a_quotation_that_is_known_only_amounts_are_looked_for():
    town = "The town has 906 voters and a harbour."
    text = f"She said: {QUOTED}. {town}"
    source = article("one", text, paragraphs=[Span(0, 63), Span(64, len(text))])
    assert len(checked(f"“{QUOTED}”, says the town with a harbour.", source).findings) == 1
    both = checked(f"“{QUOTED}”, says the town with 906 voters and a harbour.", source)
    assert [finding.is_quotation for finding in both.findings] == [True, False]


def test_of_many_articles_on_a_subject_the_one_that_says_it_most_closely_is_the_source():
    line = "The harbour of a town in the north has boats. "
    lines = [Span(at * len(line), (at + 1) * len(line)) for at in range(4)]
    harbours = [article(f"town {number}", line * 4, paragraphs=lines) for number in range(4)]
    source = article("source", "The harbour of Tarleton has room for 640 fishing boats.")
    sentence = "Tarleton has a harbour with room for 640 fishing boats."
    assert sources(sentence, *harbours, source) == ["source"]


def test_a_lost_quotation_is_named():
    found = checked("“nobody has ever said these words”", article("one", WORDS))
    assert found.lost == ("nobody has ever said these words",)


def test_what_a_reader_wrote_of_a_mark_leads_to_the_mark():
    statement = SourceText("The port of Tarleton has room for 640 boats.", [])
    marked = Span(4, 20)
    source = article("one", "It is written elsewhere.", statements=((statement, marked),))
    [finding] = checked("Tarleton has a port with room for 640 boats.", source).findings
    assert finding.span == marked


def restatement(score=0.8, terms=4, differences=(), **how):
    return Restatement(Span(10, 20), score, differences, (), terms, **how)


@pytest.mark.parametrize(
    ("match", "answer"),
    [
        (restatement(0.75, 4), True),
        (restatement(0.75 - HAIR, 4), False),
        (restatement(0.75, 3), False),
        (restatement(0.9, 9, (Difference("words", "a", "b"),)), False),
    ],
)
def test_a_sentence_without_facts_needs_a_certain_source(match, answer):
    assert _is_certain(match) == answer


def test_a_mark_and_a_reference_count_for_a_passage_and_differences_against_it():
    plain = article("one", WORDS)
    marked = article("one", WORDS, marked=(Span(15, 30),))
    beside = article("one", WORDS, marked=(Span(20, 30),))
    usual = _merit(restatement(), plain, set())
    assert _merit(restatement(), marked, set()) == pytest.approx(usual + 0.05)
    assert _merit(restatement(), beside, set()) == pytest.approx(usual)
    assert _merit(restatement(), plain, {"one"}) == pytest.approx(usual + 0.08)
    assert _merit(restatement(), plain, {"two"}) == pytest.approx(usual)
    different = restatement(differences=(Difference("number", "5", "6"),))
    assert _merit(different, plain, set()) == pytest.approx(usual - 0.2)
    opposite = restatement(differences=(Difference("direction", "rose", "fell"),))
    assert _merit(opposite, plain, set()) == pytest.approx(usual)


def test_a_correction_counts_less():
    text = "Correction: the harbour holds 640 boats."
    source = article("one", text)
    usual = _merit(restatement(), article("one", WORDS), set())
    assert _merit(restatement(), source, set()) == pytest.approx(usual - 0.45)


def test_of_two_passages_the_shorter_one_is_taken():
    long = restatement()._replace(span=Span(10, 30))
    source = article("one", WORDS)
    assert _merit(restatement(), source, set()) > _merit(long, source, set())


def finding(kind=None):
    differences = (Difference(kind, "a", "b"),) if kind else ()
    return FoundSource("one", Span(0, 3), 1.0, "words", is_quotation=True, differences=differences)


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("number", "other number"), ("date", "other number"), ("words", "other words")],
)
def test_a_passage_with_another_number_or_date_has_another_number(kind, verdict):
    assert finding(kind).verdict == verdict


@pytest.mark.parametrize(
    ("draft", "source", "told"),
    [
        (
            "the harbour and its yard cost $5 to build in the town",
            "the harbour and its yard cost $3 to build in the town",
            ("$5", "$3"),
        ),
        (
            "the harbour and its yard grew by 5% in the last year",
            "the harbour and its yard grew by 3% in the last year",
            ("5%", "3%"),
        ),
        (
            "the harbour and its yard are (large) for such a town",
            "the harbour and its yard are (small) for such a town",
            ("large", "small"),
        ),
    ],
)
def test_a_difference_is_told_without_punctuation_but_with_its_sign(draft, source, told):
    [finding] = checked(f"“{draft}”", article("one", f"So {source}.")).findings
    assert [(change.draft, change.source) for change in finding.differences] == [told]


def test_a_passage_with_another_day_counts_less_like_one_with_another_number():
    usual = _merit(restatement(), article("one", WORDS), set())
    other = restatement(differences=(Difference("date", "3 May", "4 May"),))
    assert _merit(other, article("one", WORDS), set()) == pytest.approx(usual - 0.2)


def test_what_a_reader_wrote_is_no_source_of_a_sentence_without_facts_that_only_resembles_it():
    statement = SourceText("The old port of Tarleton is large, grey and busy.", [])
    source = article("one", "It is written elsewhere.", statements=((statement, Span(4, 20)),))
    sentence = "I find the old port of Tarleton rather large."
    assert sources(sentence, source, is_claim=True) == ["one"]
    assert sources(sentence, source, is_claim=False) == []


def test_a_sentence_needs_a_source_if_it_claims_something_or_a_quotation_in_it_is_lost():
    nothing = article("one", "Nothing else is written here.")
    assert checked("Harbours can be lovely.", nothing, is_claim=False).verdict == "nothing to cite"
    assert checked("Harbours can be lovely.", nothing, is_claim=True).verdict == "no source"
    lost = checked("He said “they can be lovely”.", nothing, is_claim=False)
    assert lost.verdict == "no source"


def test_the_worst_of_the_passages_of_a_sentence_decides():
    source = article("one", f"She said: {QUOTED}. The yard of the town holds 640 boats.",
                     paragraphs=[Span(0, 63), Span(64, 101)])  # fmt: skip
    same = checked(f"“{QUOTED}”, she said, in a town whose yard holds 640 boats.", source)
    other = checked(f"“{QUOTED}”, she said, in a town whose yard holds 460 boats.", source)
    assert (same.verdict, other.verdict) == ("quoted", "other number")


def test_a_sentence_with_a_reference_is_cited_unless_its_source_says_something_else():
    source = article("one", "The harbour can hold 640 boats and has a yard.")
    assert checked("The harbour has a yard.[^1]", source).verdict == "cited"
    assert checked("The harbour can hold 460 boats.[^1]", source).verdict == "other number"


@pytest.mark.parametrize(
    ("piece", "bare"),
    [
        ("(large) ", "large"),
        ("$5, ", "$5"),
        ("5%.", "5%"),
        ("“— ”", "“— ”"),
        ("a  b", "a b"),
        ("", ""),
    ],
)
def test_words_are_told_without_the_punctuation_around_them(piece, bare):
    assert _bare(piece) == bare


def test_a_number_beside_a_quotation_from_the_same_passage_is_told_if_it_differs():
    source = article("one", f"She said of its 640 boats and yards: {QUOTED}.")
    both = checked(f"“{QUOTED}”, she said, with its 460 boats and yards.", source)
    assert [finding.is_quotation for finding in both.findings] == [True, False]
    assert both.verdict == "other number"
    same = checked(f"“{QUOTED}”, she said, with its 640 boats and yards.", source)
    assert [finding.is_quotation for finding in same.findings] == [True]


def test_what_a_reader_wrote_is_read_from_its_first_letter():
    statement = SourceText("Tarleton holds 640 boats.", [])
    source = article("one", "It is elsewhere.", statements=((statement, Span(3, 5)),))
    [finding] = checked("In all, Tarleton holds 640 boats.", source).findings
    assert (finding.span, finding.score, finding.unsaid) == (Span(3, 5), 1.0, ("all",))
