"""Reading a claim by its words: names, subject, numbers, dates, and which way it points."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import Literal, NamedTuple

from annotator.similarity.figure_reader import figures_of
from annotator.similarity.figures import Figure, Figures, TextToken, tokens_of
from annotator.similarity.lexicon import (
    NO_MEANING,
    UNSPACED,
    Concept,
    Meaning,
    fold,
    is_of_grammar,
    language_of,
    lexicon,
    meaning_of,
    phrase_beginnings,
    phrases,
    turns_anywhere,
    words,
    words_anywhere,
)
from annotator.similarity.number_words import numeral
from annotator.similarity.polarity import COMPARED, Turn, TurnWord, neighbours, turns_of
from annotator.similarity.unspaced_figures import unspaced_figures
from annotator.similarity.vocabulary import COMPARISONS

CACHED = 4096  # claims; a claim is compared with a hundred others, and then again

NAME, PLACE, WORD, PAIR = 1.6, 1.6, 1.0, 0.5
PERSON = SOURCE = 0.3  # as `people`, and names of who says it
_SHORT = 3  # letters; a shorter word is rarely a subject
_COMPOUNDING, _LONG, _TAIL = ("de", "nl"), 9, 5  # letters of a compound, and of its last part

# Words that go with any subject.
NO_SUBJECT = frozenset(
    {"=change", "=support", "=person", "=study", "=plan", "=begin", "=price", "=win"}
)

Kind = Literal["name", "place", "word", "concept"]

_CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True))
_CYRILLIC |= {"х": "kh", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu"}
_CYRILLIC |= {"я": "ya", "ъ": "", "ь": ""}
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]{2,}")
_PLACE_NAME = re.compile("([\u4e00-\u9fff]{2,3})(?:市|省|県|州|区|郡|岛|島)")
_HAN = re.compile("[\u4e00-\u9fff]+")
_STOPS = re.compile("[。，、；！？]")
_CHARACTERS = 2  # of a word in a language without spaces
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&-]+")
_FOR = frozenset({"for", "fur", "pour", "por", "per", "voor", "за"})  # after a word for voting
# Not only, nothing else, nicht nur …: these deny nothing.
_NOT_ONLY = words(
    "only just else but nur allein seulement solo solamente só apenas somente alleen только"
)
# Before a number these say that it is small: kaum 3 Prozent.
_BARELY = words("hardly barely kaum apenas appena nauwelijks едва")
# Between two numbers of which only the second has a unit.
_AND = words("und oder en of")
_JOINTS = words("to and or bis und oder auf zu à a et ou y o e tot naar en до и")
# Parts of German and Dutch verbs that stand at the end of the clause: lehnte den Plan ab.
_PARTED = {
    "de": words("ab an auf aus bei ein fest frei los nieder recht statt vor weg weiter zu zurück"),
    "nl": words("aan af goed in los neer op terug toe uit vast voor vrij weg"),
}
_NOT_SHORT = re.compile(r"\b(\w+)n['’]t\b")

_LONGEST = 9  # words of a part of a sentence that only names a source
_REACH = 4  # words between `more` and `than`
_LONGEST_SUBJECT = 7  # words before a verb of saying


class Wording(NamedTuple):
    """The words of a claim; all but the quote may be empty. Dates are ISO 8601."""

    quote: str
    statement: str = ""
    speaker: str = ""
    said_on: str = ""
    language: str = ""


class Term(NamedTuple):
    """A word or name that a claim is about. The same `key` means the same."""

    key: str
    kind: Kind
    text: str
    weight: float
    is_certain: bool = True  # that a name is one: a capital may only begin the sentence
    at: int = -1  # of its word in the claim, so that names of several words are shown as one


class ClaimReading(NamedTuple):
    """A claim as read. `signs` has 1 for what rises, is supported…, -1 for the opposite."""

    language: str
    terms: Mapping[str, Term]
    figures: Figures
    counted: tuple[frozenset[str], ...]  # what each quantity counts, if known
    near: tuple[Mapping[str, float], ...]  # the keys around each quantity, by their nearness
    signs: Mapping[str, int]
    turns: tuple[Turn, ...]  # words that decide which way it points
    keys: frozenset[str]  # of all that it is about, numbers among them
    sides: tuple[frozenset[str], frozenset[str]]  # before and after a word that compares
    speaker: frozenset[str]
    tokens: Sequence[TextToken] = ()
    places: Mapping[int, str] = {}  # the keys by the places of their tokens


@lru_cache(maxsize=CACHED)
def read(wording: Wording) -> ClaimReading:
    """Return what a claim says."""
    text = unicodedata.normalize("NFKC", f"{wording.quote}. {wording.statement}".strip(". ") + ".")
    language = language_of(text, wording.language)
    reading = _unspaced(text, language) if language in UNSPACED else _spaced(text, language)
    return reading._replace(speaker=frozenset(map(fold, wording.speaker.split())))


def quantities_of(sentence: str) -> tuple[Figure, ...]:
    """Return the amounts that a sentence names."""
    return read(Wording(sentence)).figures.quantities


def is_wish(sentence: str) -> bool:
    """Return whether a sentence only says what should be, and names nobody who has to do it."""
    reading = read(Wording(sentence))
    should_be = any("should" in turn.modalities for turn in reading.turns)
    return should_be and not any(term.kind in {"name", "place"} for term in reading.terms.values())


class _Collected:
    """The terms and signs found so far, and what there is at which place."""

    def __init__(self) -> None:
        self.terms: dict[str, Term] = {}
        self.signs: dict[str, list[int]] = {}
        self.keys: dict[int, str] = {}
        self.turns: list[TurnWord] = []
        self.breaks: list[int] = []
        self.ends: list[int] = []  # of sentences

    def add(self, term: Term) -> None:
        known = self.terms.get(term.key)
        if known is None or term.weight > known.weight:
            self.terms[term.key] = term

    def add_concept(self, concept: Concept, text: str, at: int = -1) -> None:
        if concept.sign:
            self.signs.setdefault(concept.name, []).append(concept.sign)
        kind: Kind = "place" if concept.is_place else "concept"
        weight = PLACE if concept.is_place else PERSON if concept.name == "person" else WORD
        self.add(Term(f"={concept.name}", kind, text, weight, at=at))

    def add_turn(self, at: int, text: str, folded: str, meaning: Meaning) -> None:
        """Keep a word that decides which way the claim points; others are left alone."""
        if meaning.is_turn:
            key = _spelling(folded)
            self.turns.append(
                TurnWord(at, text, key, meaning.opposites, meaning.modalities, meaning.is_negation)
            )

    def reading(
        self,
        language: str,
        figures: Figures,
        counted: Sequence[frozenset[str]],
        sides: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
    ) -> ClaimReading:
        return ClaimReading(
            language,
            self.terms,
            figures,
            tuple(counted),
            tuple(neighbours(figure.start, self.keys, self.ends) for figure in figures.quantities),
            {name: _sign(name, signs) for name, signs in self.signs.items()},
            turns_of(
                self.turns,
                self.keys,
                self.breaks,
                denies_backwards=language in {"de", "nl", *UNSPACED},
                denies_twice=language in {"fr", "es", "it", "pt", "ru"},
            ),
            frozenset(self.keys.values()),
            sides,
            frozenset(),
        )


def _sign(name: str, signs: Sequence[int]) -> int:
    """Return which way a claim goes; 0 if it goes both. To vote against is to be against."""
    if len({*signs}) == 1:
        return signs[0]
    return -1 if name == "support" else 0


def _spaced(text: str, language: str) -> ClaimReading:
    tokens = tokens_of(_NOT_SHORT.sub(r"\1 not", text))
    figures = figures_of(tokens, language)
    collected = _Collected()
    collected.ends = [at for at, token in enumerate(tokens) if token.kind == "end"]
    collected.breaks = [at for at, token in enumerate(tokens) if token.kind in {"end", "comma"}]
    numbers = [at for at in figures.used if tokens[at].kind == "number"]
    collected.keys.update((at, f"#{tokens[at].folded}") for at in numbers)
    collected.keys.update((figure.start, f"#{figure.value:.6g}") for figure in figures.quantities)
    keys = [""] * len(tokens)
    sources = attribution(tokens, language)
    parted = dict(_parted_verbs(tokens, language))
    passed = figures.used.union(parted.values())
    for at, token in enumerate(tokens):
        if token.kind != "word" or at in passed:
            continue
        if part := tokens[parted[at]] if at in parted else None:
            verb = f"{part.folded}{token.folded}"
            meaning = meaning_of(verb, language)
            collected.add_turn(at, f"{token.text} … {part.text}", verb, meaning)
        else:
            meaning = _turn_at(tokens, at, language)
            collected.add_turn(at, token.text, token.folded, meaning)
        if at in sources:
            if named := _term(tokens, at, language):
                collected.add(named._replace(weight=SOURCE, is_certain=False))
            continue
        if meaning.is_negation:
            continue
        concept = _concept(tokens, at, language)
        if concept:
            collected.add_concept(concept, token.text, at)
            keys[at] = f"={concept.name}"
            if concept.name == "vote" and _FOR.intersection(
                token.folded for token in tokens[at + 1 : at + 2]
            ):
                collected.add_concept(Concept("support", 1), tokens[at + 1].text)
        elif term := _term(tokens, at, language):
            collected.add(term)
            keys[at] = term.key
    collected.keys.update((at, key) for at, key in enumerate(keys) if key)
    counted = [_counted(tokens, keys, figure.at) for figure in figures.quantities]
    figures = figures._replace(quantities=tuple(_with_units(tokens, figures.quantities, counted)))
    return collected.reading(
        language, figures, counted, _sides(tokens, keys, collected.turns)
    )._replace(tokens=tokens, places=collected.keys)


def _turn_at(tokens: Sequence[TextToken], at: int, language: str) -> Meaning:
    """Return what is known about a word, or about it and the next one: `have to`, `peut-être`."""
    folded = tokens[at].folded
    following = tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
    if folded in phrase_beginnings(language):
        second = following
        if is_of_grammar("filler", following.folded, language) and at + 2 < len(tokens):
            second = tokens[at + 2]  # declined later to say
        two = f"{folded}-{second.folded}"
        folded = two if two in phrases(language) else folded
    meaning = meaning_of(folded, language)
    if not meaning.is_turn:
        return meaning
    is_barely = tokens[at].folded in _BARELY and any(
        token.kind == "number" or numeral(token.folded, language)
        for token in tokens[at + 1 : at + 3]
    )
    is_only = meaning.is_negation and (following.folded in _NOT_ONLY or is_barely)
    is_score = "side" in meaning.opposites and following.kind == "number"  # 27 against 16
    return NO_MEANING if is_only or is_score else meaning


def _parted_verbs(tokens: Sequence[TextToken], language: str) -> Iterator[tuple[int, int]]:
    """Yield the verbs that turn a statement round by a part at the end of their clause.

    `wies den Vorwurf zurück` is `zurückwies`, and not `wies`.
    """
    parts = _PARTED.get(language, frozenset())
    for end, token in enumerate(tokens):
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        is_last = following is None or following.kind != "word" or following.folded in _AND
        if token.folded not in parts or not is_last:
            continue
        clause = takewhile(lambda at: tokens[at].kind not in {"comma", "end"}, range(end)[::-1])
        alone = meaning_of(token.folded, language).opposites.keys()
        for at in clause:
            if meaning_of(f"{token.folded}{tokens[at].folded}", language).opposites.keys() - alone:
                yield at, end
                break


def _sides(
    tokens: Sequence[TextToken], keys: Sequence[str], turns: Sequence[TurnWord]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the terms before and after `than`; none of both if nothing is compared.

    Words such as `que` and `als` have other meanings, unless `more` or `larger` is before them.
    """
    compared = [turn.at for turn in turns if turn.opposites.keys() & COMPARED]
    for at, token in enumerate(tokens):
        if token.folded in COMPARISONS and any(0 < at - place <= _REACH for place in compared):
            return frozenset(keys[:at]) - {""}, frozenset(keys[at:]) - {""}
    return frozenset(), frozenset()


def _concept(tokens: Sequence[TextToken], at: int, language: str) -> Concept | None:
    folded = tokens[at].folded
    if folded in phrase_beginnings(language) and at + 1 < len(tokens):
        concepts = lexicon(language).concepts.whole
        if two := concepts.get(f"{folded}-{tokens[at + 1].folded}"):
            return two
    concept = meaning_of(folded, language).concept or _of_compound(folded, language)
    if concept and concept.is_place and tokens[at].text.islower() and language == "en":
        return None  # as turkey
    return concept


def _of_compound(folded: str, language: str) -> Concept | None:
    """Return the concept that ends a long word, in languages that put words together."""
    if language not in _COMPOUNDING or len(folded) < _LONG:
        return None
    known = lexicon(language).concepts
    tails = (folded[at:] for at in range(_TAIL - 1, len(folded) - _TAIL + 1))
    concepts = (known.get(tail, shortest=_TAIL) for tail in tails)
    return next(filter(None, concepts), None)


def _term(tokens: Sequence[TextToken], at: int, language: str) -> Term | None:
    token = tokens[at]
    if len(token.folded) == 1 or meaning_of(token.folded, language).is_stop:
        return None
    has_capital = token.text[0].isupper()
    key = _spelling(token.folded)
    if has_capital and _is_name(tokens, at, language):
        return Term(key, "name", token.text, NAME, at=at)
    weight = WORD if len(token.folded) > _SHORT else WORD / 2
    return Term(key, "word", token.text, weight, not has_capital, at)


def _is_name(tokens: Sequence[TextToken], at: int, language: str) -> bool:
    """Whether a capital means a name: not at the beginning of a sentence, nor of German nouns."""
    text = tokens[at].text
    if not text[0].isupper() or language == "de":
        return text.isupper() and len(text) > 1
    return at > 0 and tokens[at - 1].kind != "end"


def _spelling(folded: str) -> str:
    """Return a word in Latin letters, so that names are alike across alphabets."""
    if folded.isascii():
        return folded
    return "".join(_CYRILLIC.get(letter, letter) for letter in folded)


def _counted(tokens: Sequence[TextToken], keys: Sequence[str], at: int) -> frozenset[str]:
    """Return what a number counts: the first words after it, up to a comma."""
    if at < 0:
        return frozenset()
    near = takewhile(lambda place: tokens[place].kind not in {"comma", "end"}, range(at, len(keys)))
    return frozenset([keys[place] for place in islice(near, 4) if keys[place]][:2]) - {"=person"}


def _with_units(
    tokens: Sequence[TextToken], figures: Sequence[Figure], counted: Sequence[frozenset[str]]
) -> Iterator[Figure]:
    """Yield the numbers, with a unit that is said only once: `from 0.31 to 0.44 percent`."""
    for at, figure in enumerate(figures):
        following = figures[at + 1] if at + 1 < len(figures) else None
        is_bare = not (figure.unit or counted[at])
        joint = range(figure.at, following.start) if following else ()
        is_joined = len(joint) <= 1 and all(tokens[place].folded in _JOINTS for place in joint)
        if is_bare and following and following.unit and is_joined:
            scale = following.value / following.written if following.written else 1.0
            yield figure._replace(unit=following.unit, value=figure.value * scale)
        else:
            yield figure


def _unspaced(text: str, language: str) -> ClaimReading:
    figures, rest = unspaced_figures(text)
    collected = _Collected()
    known = lexicon(language)
    for name in _names(rest):
        if name not in known.concepts.whole:
            collected.add(Term(fold(name), "name", name, NAME))
    for match in turns_anywhere(language).finditer(rest):
        place = match.start() // _CHARACTERS
        collected.add_turn(place, match[0], match[0], meaning_of(match[0], language))
    collected.breaks += [match.start() // _CHARACTERS for match in _STOPS.finditer(rest)]
    pieces, at = [], 0
    for match in words_anywhere(language).finditer(rest):
        word = match[0]
        if concept := known.concepts.whole.get(word):
            collected.add_concept(concept, word)
            collected.keys[match.start() // _CHARACTERS] = f"={concept.name}"
        pieces.append(rest[at : match.start()])
        at = match.end()
    pieces.append(rest[at:])
    for run in _HAN.findall(" ".join(pieces)):
        for pair in _pairs(run):
            collected.add(Term(pair, "word", pair, PAIR))
            collected.keys.setdefault(rest.find(pair) // _CHARACTERS, pair)
    return collected.reading(language, figures, [frozenset()] * len(figures.quantities))


def _names(text: str) -> Iterator[str]:
    yield from _KATAKANA.findall(text)
    yield from _LATIN.findall(text)
    yield from _PLACE_NAME.findall(text)


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for at in range(len(run) - 1):
        yield run[at : at + 2]


def attribution(tokens: Sequence[TextToken], language: str) -> frozenset[int]:
    """Return the positions of the words that name a source; none if nothing else is left.

    Who says something is not what it is about. Two sources that contradict each other would
    look like two subjects.

        Rents rose by 7 percent, the statistics office said.
                                 ─────────────────────────
    """
    parts = list(_parts(tokens))
    longest = max(map(len, parts), default=0)
    places = frozenset(
        at
        for part in parts
        for at in _of_source(tokens, part, language, most=min(longest - 1, _LONGEST))
    )
    words = {at for at, token in enumerate(tokens) if token.kind == "word"}
    return places if words - places else frozenset()


def _parts(tokens: Sequence[TextToken]) -> Iterator[range]:
    """Yield the parts of sentences, between commas and the like."""
    start = 0
    for at, token in enumerate(tokens):
        if token.kind in {"comma", "end"}:
            yield range(start, at)
            start = at + 1
    yield range(start, len(tokens))


def _of_source(
    tokens: Sequence[TextToken], part: range, language: str, *, most: int
) -> Sequence[int]:
    """Return the words of a part that name a source: all of it, if it has `most` words or less."""
    for at in part:
        meaning = meaning_of(tokens[at].folded, language)
        if not (meaning.is_saying or meaning.is_before_source):
            continue
        has_number = any(tokens[place].kind == "number" for place in part)
        if not (has_number or len(part) > most):
            return part
        if meaning.is_before_source:
            rest = range(at + 1, part.stop)
            return [at, *takewhile(lambda place: _may_name(tokens[place], language), rest)]
        before = range(part.start, at + 1)
        is_subject = all(tokens[place].kind == "word" for place in before)
        return before if is_subject and len(before) <= _LONGEST_SUBJECT + 1 else (at,)
    return ()


def _may_name(token: TextToken, language: str) -> bool:
    return token.text[0].isupper() or meaning_of(token.folded, language).is_stop
