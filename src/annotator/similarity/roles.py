"""Who does what to whom: two statements of the same words in other roles.

`The council sued Norvik` has every word of `Norvik sued the council`. A clause ends at a comma,
an `and` or a `who`. In it the first noun without a preposition does what the verb says to the
second one, and in the passive voice the noun after `by` does. Only what is certain is told: one
verb with its nouns exchanged, or two clauses that each have what belongs to the other one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from annotator.similarity.figures import TextToken
from annotator.similarity.lexicon import is_of_grammar
from annotator.similarity.reading import ClaimReading

_OBJECTS = frozenset({"den", "dem", "einen", "einem"})  # German articles of what is acted upon
_AMBIGUOUS = _OBJECTS | {"die", "das", "ein", "eine"}
_GENITIVES = frozenset({"der", "des"})  # die Chefin der Molkerei
_EITHER_WAY = frozenset({"=meet", "=negotiate"})  # verbs that say the same of both


class _Phrase(NamedTuple):
    """The keys of one thing, its article, and what kind of preposition it has."""

    keys: set[str]
    article: str = ""
    marker: str = ""  # `agent` or `preposition`
    has_capital: bool = False


_PRONOUN = _Phrase({""}, has_capital=True)


class _Clause(NamedTuple):
    """The tokens of a clause by their places, and the keys of those that mean something."""

    tokens: Mapping[int, TextToken]
    keys: Mapping[int, str]
    language: str

    def _is(self, role: str, *words: str) -> bool:
        return any(is_of_grammar(role, word, self.language) for word in words)

    def verbs(self) -> Iterator[int]:
        """Yield the places of the words that may be verbs: none that an article precedes."""
        before = ""
        for at, token in self.tokens.items():
            is_noun = self._is("article preposition", before) or self._is(
                "preposition", token.folded
            )
            if at in self.keys and token.text[0].islower() and not is_noun:
                yield at
            before = token.folded

    def roles(self, verb: int) -> Sequence[_Phrase]:
        """Return who does what a verb says, to whom, and others that have a preposition."""
        phrases = [one for one in self._phrases(verb) if one.article or one.has_capital]
        if self.language in {"en", "fr"} and min(self.keys) == verb and phrases[:1] != [_PRONOUN]:
            phrases.insert(0, _PRONOUN)  # the subject is before the comma
        plain = [one for one in phrases if not one.marker]
        agents = [one._replace(article="") for one in phrases if one.marker == "agent"]
        if self._is("passive", *(token.folded for token in self.tokens.values())):
            plain = [*agents[:1], *plain]
        others = set[str]().union(*(one.keys for one in phrases if one.marker == "preposition"))
        return *[*plain, _Phrase(set()), _Phrase(set())][:2], _Phrase(others)

    def _phrases(self, verb: int) -> Iterator[_Phrase]:
        """Yield the phrases of a clause: words without a word of grammar between them."""
        phrase, between = _Phrase(set()), [""]  # words of grammar since the last other word
        for at, token in self.tokens.items():
            if at not in self.keys or at == verb:
                between.append(token.folded)
                if self._is("pronoun", token.folded):
                    yield _PRONOUN
            if at == verb or (at in self.keys and between):
                yield phrase
                phrase = self._begun(between, is_after=bool(phrase.keys))
                between = [""] if at == verb else []
            if at in self.keys and at != verb:
                phrase.keys.add(self.keys[at])
                has_capital = phrase.has_capital or token.text[0].isupper()
                phrase = phrase._replace(has_capital=has_capital)
        yield phrase

    def _begun(self, between: Sequence[str], *, is_after: bool) -> _Phrase:
        article = between[-1] if self._is("article", between[-1]) else ""
        words = between[-2:] if article else between[-1:]
        is_of_other = is_after and article in _GENITIVES and len(between) == 1
        is_marked = is_of_other or self._is("preposition", *words)
        marker = "agent" if self._is("agent", *words) else "preposition" * is_marked
        return _Phrase(set(), article, marker)


def is_exchanged(one: ClaimReading, other: ClaimReading, alike: Mapping[str, str]) -> bool:
    """Return whether two statements have words in other roles.

    `alike` are the keys of the other one that are other forms of keys of the first.
    """
    mine, theirs = list(_clauses(one, {})), list(_clauses(other, alike))
    roles: dict[str, list[Sequence[_Phrase]]] = {}
    for clause in theirs:
        for verb in clause.verbs():
            if (known := clause.roles(verb))[0].keys:
                roles.setdefault(clause.keys[verb], []).append(known)
    return _is_crossed(_single(one, mine), _single(other, theirs)) or any(
        clause.keys[verb] in roles.keys() - _EITHER_WAY
        and all(
            _has_others(clause.roles(verb), known, {*clause.keys.values()})
            for known in roles[clause.keys[verb]]
        )
        for clause in mine
        for verb in clause.verbs()
    )


def _has_others(mine: Sequence[_Phrase], theirs: Sequence[_Phrase], keys: set[str]) -> bool:
    (agent, patient, others), (actor, object_, rest) = mine, theirs
    if agent.keys & actor.keys or not (_is_certain(mine, actor) and _is_certain(theirs, agent)):
        return False
    if agent.keys & rest.keys and actor.keys & others.keys:
        return True
    is_unknown = patient.keys and not (patient.keys & object_.keys or actor.keys & keys)
    return bool(agent.keys & object_.keys and (patient.keys & actor.keys or is_unknown))


def _is_certain(roles: Sequence[_Phrase], actor: _Phrase) -> bool:
    """Whether the first noun is the one that acts; only in German does its article say that."""
    first, second = roles[0].article, roles[1].article
    is_dative = second == "der" and actor.article == "die"  # `der Kette`, where `die Kette` acts
    return first not in _AMBIGUOUS or second in _OBJECTS or is_dative


def _is_crossed(mine: Mapping[str, int], theirs: Mapping[str, int]) -> bool:
    """Whether the words of one clause stand in two of the other statement.

    And those of another clause, or the number of each, in the same two.
    """
    rows: dict[int, tuple[set[int], set[int]]] = {}
    for key in mine.keys() & theirs.keys():
        rows.setdefault(mine[key], (set(), set()))[key.startswith("#")].add(theirs[key])
    return any(
        len(left & right) > 1 or ((numbers - left) & right and (others - right) & left)
        for (left, numbers), (right, others) in combinations(rows.values(), 2)
    )


def _single(reading: ClaimReading, clauses: Sequence[_Clause]) -> dict[str, int]:
    """Return the clauses of the words, numbers and signs that are in only one."""
    signs = {
        turn.at: {
            f"{name} {sign * (1 - 2 * turn.is_negated)}" for name, sign in turn.opposites.items()
        }
        for turn in reading.turns
    }
    places: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for number, clause in enumerate(clauses):
        keys = {clause.keys.get(at, reading.places.get(at, "")) for at in clause.tokens}
        keys = keys.union(*(signs.get(at, ()) for at in clause.tokens))
        counts.update(keys)
        places.update(dict.fromkeys(keys, number))
    return {key: number for key, number in places.items() if key and counts[key] == 1}


def _clauses(reading: ClaimReading, alike: Mapping[str, str]) -> Iterator[_Clause]:
    tokens: dict[int, TextToken] = {}
    for at, token in enumerate(reading.tokens):
        is_joint = token.text.isascii() and is_of_grammar("joint", token.folded, reading.language)
        is_end = is_joint or token.kind in {"comma", "end"}  # `e` is one, and not `è`
        if not is_end:
            tokens[at] = token
        if is_end or token is reading.tokens[-1]:
            known = {at: reading.places[at] for at in tokens if at in reading.places}
            keys = {at: alike.get(key, key) for at, key in known.items() if key[0] != "#"}
            yield _Clause(tokens, keys, reading.language)
            tokens = {}
