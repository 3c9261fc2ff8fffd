"""A sentence of a draft that says what an article says, in other words or with other numbers.

What counts is the share of the sentence that the article covers: an article says more
than the sentence, and has its names in other places, so a name counts wherever it
stands, and a word near the passage counts less than one in it. Numbers are compared as
values with units. One that the passage has otherwise is told, not taken for another
subject: the claim is the same but for it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotator.citing.differences import A_FEW, Around, Difference, Numbers, compared, differences
from annotator.citing.source_text import SourcePassage, SourceText, stem, words_of
from annotator.model import Span
from annotator.similarity import Wording
from annotator.similarity.comparison import OTHER_LANGUAGE, Comparison, compare
from annotator.similarity.judgement import joined_names
from annotator.similarity.lexicon import fold, is_of_grammar, language_of
from annotator.similarity.pairing import DOZEN
from annotator.similarity.polarity import unanswered
from annotator.similarity.reading import SOURCE, ClaimReading, Term, read

# What a word of the sentence counts, by where the article has it.
NEARBY, ELSEWHERE = 0.6, 0.6  # in the same paragraph; a name anywhere in the article

# Shares of the sentence that must be covered …
WITH_PRECISE_NUMBER = 0.34  # … if a number of three digits or more is equal
WITH_NUMBER = 0.45  # … if a number, or a year, is equal
WITHOUT_NUMBER = 0.62  # … if it has none
OTHER_NUMBER = 0.44  # … if a number is another one, and no other number is equal
SAME_BUT_FOR_A_NUMBER = 0.6  # … if the two numbers are not known to count the same
FEWEST_TERMS = 3  # that a sentence and a passage have in common, if no number is equal


class Restatement(NamedTuple):
    """A passage that says what a sentence says, how certainly (0 to 1), and what differs."""

    span: Span
    score: float
    differences: tuple[Difference, ...] = ()
    unsaid: tuple[str, ...] = ()  # words of the sentence that it does not have
    terms: int = 0  # of the sentence that the passage has; a number counts two
    beyond: tuple[str, ...] = ()  # words of the passage that turn it, or leave it open


def restated(
    sentence: str, passage: SourcePassage, source: SourceText, language: str = ""
) -> Restatement | None:
    """Return whether a passage says what a sentence says; None if it is about something else."""
    mine = read(Wording(sentence, language=language_of(sentence, around=language)))
    theirs = read(Wording(passage.span.of(source.text), language=language))
    comparison = compare(mine, theirs)
    covered, shared = _covered(mine, comparison, passage, source)
    numbers = compared(mine, theirs, is_sure=covered >= SAME_BUT_FOR_A_NUMBER)
    around = Around(passage, source, language)
    if numbers.other:
        numbers = numbers.without(mine, around.beside)
    if not passage.is_copied and not _is_about_it(mine, comparison, numbers, (covered, shared)):
        return None
    told = tuple(dict.fromkeys(differences(mine, theirs, around, (numbers, comparison))))
    unsaid = unknown_names(sentence, source)
    if told and unsaid and not passage.is_copied:
        return None  # the same was said of somebody else
    beyond: tuple[str, ...] = ()
    if not told:
        turning = (turn.text for turn in unanswered(mine.turns, theirs.turns))
        words = (*_unsaid(mine, comparison, passage, source), *turning)
        words += tuple(_only_in(mine, theirs, "only first last"))
        named = " ".join(unsaid).split()
        unsaid += tuple(word for word in dict.fromkeys(words) if word not in named)
        denials = (turn for turn in unanswered(theirs.turns, mine.turns) if turn.is_negation)
        beyond = tuple(turn.text for turn in denials if turn.near.keys() & mine.keys)
        beyond += tuple(_only_in(theirs, mine, "open"))
    base = covered + 0.12 * min(2, len(numbers.equal)) + 0.06 * bool(comparison.years)
    in_passage = len(mine.terms) - len(comparison.only[0]) + 2 * len(numbers.equal)
    score = round(min(1.0, base), 3)
    return Restatement(passage.span, score, told, unsaid, in_passage, beyond)


def _unsaid(
    mine: ClaimReading, comparison: Comparison, passage: SourcePassage, source: SourceText
) -> Iterator[str]:
    """Yield the words of a sentence that the passage does not have in any form.

    A noun may be in another sentence of the paragraph, and a name anywhere, where the passage
    has a pronoun; but not where it has another name, or somebody else says it.
    """
    here, near = source.stems_in(passage.span), source.stems_in(passage.paragraph)
    is_of_other = any(_is_name(term) and term.is_certain for term in comparison.only[1])
    is_said = any(term.weight <= SOURCE and term.text[0].isupper() for term in comparison.only[1])
    for term in sorted(comparison.only[0], key=lambda term: term.at):
        stems = frozenset(map(stem, words_of(term.text)))
        before = mine.tokens[term.at - 1].folded if term.at > 0 else ""
        if term.text[0].isupper():
            is_there = stems <= source.stems and not (is_of_other or is_said)
        else:
            is_noun = is_of_grammar("article preposition", before, mine.language)
            is_there = term.weight <= SOURCE or (is_noun and stems <= near)
        is_filler = is_of_grammar("filler", fold(term.text), mine.language)
        if not (is_there or is_filler or stems <= here or term.key == "=person"):
            yield term.text


def _only_in(one: ClaimReading, other: ClaimReading, roles: str) -> Iterator[str]:
    """Yield the words of grammar of some roles, of each that the other one has no word of."""
    for role in roles.split():
        if not any(is_of_grammar(role, word.folded, other.language) for word in other.tokens):
            words = (word for word in one.tokens if is_of_grammar(role, word.folded, one.language))
            yield from (word.text for word in words)


def unknown_names(sentence: str, source: SourceText) -> tuple[str, ...]:
    """Return the names in a sentence that the article never has; those of one person as one."""
    terms = read(Wording(sentence)).terms.values()
    lacking = {term.at: term for term in terms if not _is_in(term, source)}
    names = {at for at, term in lacking.items() if _is_name(term) and term.is_certain}
    begun = {at - 1 for at in names if at - 1 in lacking and lacking[at - 1].text[0].isupper()}
    return tuple(joined_names(lacking[at] for at in names | begun))


def _is_in(term: Term, source: SourceText) -> bool:
    return source.stems.issuperset(map(stem, words_of(term.text)))


def _is_about_it(
    mine: ClaimReading, comparison: Comparison, numbers: Numbers, common: tuple[float, int]
) -> bool:
    """Return whether what is common, numbers and the share of the words, is enough."""
    covered, shared = common
    is_equal = bool(numbers.equal or comparison.years)
    certain = numbers.is_precise + numbers.is_slip
    if shared + is_equal + certain + bool(numbers.other) < FEWEST_TERMS:
        return False
    amounts = mine.figures.quantities
    if any(amount.value > A_FEW for amount in amounts) and not (is_equal or numbers.other):
        return False
    wanted = sum(bool(amount.unit or amount.value > DOZEN) for amount in amounts)
    if wanted > 1 and not is_equal:
        return False  # two numbers that differ are those of something else
    if numbers.is_precise or numbers.is_several:
        return covered >= WITH_PRECISE_NUMBER
    if numbers.equal or (comparison.years and not wanted):
        return covered >= WITH_NUMBER
    return covered >= (OTHER_NUMBER if numbers.other else WITHOUT_NUMBER)


def _covered(
    mine: ClaimReading, comparison: Comparison, passage: SourcePassage, source: SourceText
) -> tuple[float, int]:
    """Return the share of the sentence that the article says, and how many of its terms."""
    missing = {term.key for term in comparison.only[0]}
    near = source.stems_in(passage.paragraph)
    total = covered = 0.0
    count = 0
    named: set[int] = set()  # places of capitalised terms that are counted
    for term in mine.terms.values():
        weight, share = term.weight, 1.0
        if term.key in missing:
            stems = [stem(word) for word in words_of(term.text)]
            is_near = near.issuperset(stems)
            is_known = _is_name(term) and _is_in(term, source)
            share = NEARBY * is_near or ELSEWHERE * is_known
            if term.at in comparison.turned:
                share = 1.0  # whatever it says, it speaks of the same
            if comparison.is_across and term.kind == "word" and not share:
                weight *= OTHER_LANGUAGE
        total += weight
        covered += share * weight
        # “Port Sellen” is one name, not two; “the mayor Sellen” has two things.
        if share and not (_is_name(term) and term.at - 1 in named):
            count += 1
        if share and term.text[:1].isupper():
            named.add(term.at)
    has_any = len(missing) < len(mine.terms)
    return (covered / total if total and has_any else 0.0), count


def _is_name(term: Term) -> bool:
    return term.kind in {"name", "place"}
