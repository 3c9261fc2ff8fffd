"""Who does what to whom: two statements of the same words in other roles.

`The council sued Norvik` has every word of `Norvik sued the council`. A clause ends at a comma,
an `and` or a `who`. In it the first noun without a preposition does what the verb says to the
second one, and in the passive voice the noun after `by` does. Only what is certain is told: one
verb between two nouns that are exchanged, or two clauses of a sentence that each have what
belongs to the other one.
"""

import sys
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
_WITH = frozenset({"with", "mit", "avec", "con", "com", "met"})  # so do these of a deal
_MOST = 0.6  # of the words of two clauses must be in the others
_VERB_LAST = frozenset({"de", "nl"})


class _Phrase(NamedTuple):
    """The keys of one thing, its article, and what kind of preposition it has."""

    keys: frozenset[str]
    article: str = ""
    marker: str = ""  # `agent`, `preposition` or `either`
    has_capital: bool = False
    places: tuple[int, ...] = ()

    @property
    def is_pronoun(self) -> bool:
        """Whether it only stands for a noun that was named before."""
        return self.has_capital and not self.keys


_NOBODY = _Phrase(frozenset())
_PRONOUN = _Phrase(frozenset(), has_capital=True)


class _Roles(NamedTuple):
    """Who does what a verb says, to whom, and others that have a preposition."""

    agent: _Phrase
    patient: _Phrase
    others: _Phrase
    verb: int
    clause: "_Clause"

    @property
    def text(self) -> str:
        """The part of the clause that says who does what to whom."""
        who = (*self.agent.places, *self.patient.places, *self.others.places)
        return self.clause.text(min((self.verb, *who)), max((self.verb, *who)))


class _Clause(NamedTuple):
    """The tokens of a clause by their places, and the keys of those that mean something."""

    tokens: Mapping[int, TextToken]
    keys: Mapping[int, str]
    language: str
    sentence: int  # the number of its sentence

    def _is(self, role: str, *words: str) -> bool:
        return any(is_of_grammar(role, word, self.language) for word in words)

    def text(self, first: int = -1, last: int = sys.maxsize) -> str:
        """Return the words from a place, or the article before it, to another one."""
        if first - 1 in self.tokens and self._is("article", self.tokens[first - 1].folded):
            first -= 1
        tokens = (token for at, token in self.tokens.items() if first <= at <= last)
        return "".join(token.joint + token.text for token in tokens).strip(" -'’")

    def verbs(self) -> Iterator[int]:
        """Yield the places of the words that may be verbs: no article, and none after one."""
        before = ""
        for at, token in self.tokens.items():
            is_noun = self._is("article preposition", before) or self._is(
                "article preposition", token.folded
            )
            if at in self.keys and token.text[0].islower() and not is_noun:
                yield at
            before = token.folded

    def roles(self, verb: int) -> _Roles:
        """Return who does what a verb says, and to whom."""
        phrases = [
            one for one in self._phrases(verb) if one.places and (one.article or one.has_capital)
        ]
        is_begun = self.language in {"en", "fr"} and min(self.keys) == verb
        if is_begun and not (phrases and phrases[0].is_pronoun):
            phrases.insert(0, _PRONOUN._replace(places=(verb,)))  # the subject is before the comma
        plain = [one for one in phrases if not one.marker]
        agents = [one._replace(article="") for one in phrases if one.marker == "agent"]
        marked = [one for one in phrases if one.marker == "preposition"]
        if self.language not in _VERB_LAST:  # the verb is between the two
            before = [one for one in plain if one.places[0] <= verb]
            plain = before[-1:] + [one for one in plain if one.places[0] > verb] if before else []
        if self._is("passive", *(token.folded for token in self.tokens.values())):
            plain = [*agents[:1], *plain]
        keys = frozenset[str]().union(*(one.keys for one in marked))
        others = _Phrase(keys, places=tuple(at for one in marked for at in one.places))
        agent, patient = [*plain, _NOBODY, _NOBODY][:2]
        return _Roles(agent, patient, others, verb, self)

    def _phrases(self, verb: int) -> Iterator[_Phrase]:
        """Yield the phrases of a clause: words without a word of grammar between them."""
        phrase, between = _NOBODY, [""]  # words of grammar since the last other word
        for at, token in self.tokens.items():
            if at not in self.keys or at == verb:
                between.append(token.folded)
                if self._is("pronoun", token.folded):
                    yield _PRONOUN._replace(places=(at,))
            if at == verb or (at in self.keys and between):
                is_owner = self.language == "en" and between[0] == "s"  # Dubai's carrier
                yield phrase._replace(marker="preposition") if is_owner else phrase
                phrase = self._begun(between, is_after=bool(phrase.keys))
                between = [""] if at == verb else []
            if at in self.keys and at != verb:
                phrase = phrase._replace(
                    keys=phrase.keys | {self.keys[at]},
                    has_capital=phrase.has_capital or token.text[0].isupper(),
                    places=(*phrase.places, at),
                )
        yield phrase

    def _begun(self, between: Sequence[str], *, is_after: bool) -> _Phrase:
        is_owned = self.language == "en" and between == ["s"]
        article = between[-1] if is_owned or self._is("article", between[-1]) else ""
        words = between[-2:] if article else between[-1:]
        is_of_other = is_after and article in _GENITIVES and len(between) == 1
        is_marked = is_of_other or self._is("preposition", *words)
        marker = "agent" if self._is("agent", *words) else "preposition" * is_marked
        return _Phrase(frozenset(), article, "either" if _WITH.intersection(words) else marker)


def exchanged(
    one: ClaimReading, other: ClaimReading, alike: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return the parts of two statements that have the same words in other roles, if any.

    `alike` are the keys of the other one that are other forms of keys of the first.
    """
    mine, theirs = list(_clauses(one, {})), list(_clauses(other, alike))
    roles: dict[str, list[_Roles]] = {}
    for clause in theirs:
        for verb in clause.verbs():
            known = clause.roles(verb)
            if known.agent.keys or known.agent.is_pronoun:
                roles.setdefault(clause.keys[verb], []).append(known)
    for clause in mine:
        for verb in clause.verbs():
            known_roles = roles.get(clause.keys[verb], [])
            if not known_roles or clause.keys[verb] in _EITHER_WAY:
                continue
            ours = clause.roles(verb)
            if all(_has_others(ours, known, theirs) for known in known_roles):
                return ours.text, known_roles[0].text
    turns = {turn.at for turn in one.turns}
    whole = {  # `the leaders Ann and Bo` are no two clauses
        number
        for number, clause in enumerate(mine)
        if turns & clause.tokens.keys() or any(clause.verbs())
    }
    single = {key: at for key, at in _single(one, mine).items() if at in whole}
    crossed = _crossed(single, _single(other, theirs), theirs)
    return (mine[crossed[0]].text(), theirs[crossed[1]].text()) if crossed else None


def _has_others(mine: _Roles, theirs: _Roles, clauses: Sequence[_Clause]) -> bool:
    (agent, patient, others), (actor, object_, rest) = mine[:3], theirs[:3]
    if not (_is_certain(mine, actor) and _is_certain(theirs, agent)):
        return False
    verb, other = (one.clause.tokens[one.verb].folded for one in (mine, theirs))
    may_be_noun = mine.clause.keys[mine.verb][0] == "=" and verb != other  # took orders, ordered
    if may_be_noun or agent.keys & actor.keys:
        return False
    if agent.keys & rest.keys and actor.keys & others.keys:
        return True
    if not agent.keys & (object_.keys - patient.keys):
        return False
    if actor.is_pronoun:
        return _is_meant(patient, theirs, clauses)
    return bool(actor.keys & (patient.keys - object_.keys))


def _is_meant(phrase: _Phrase, theirs: _Roles, clauses: Sequence[_Clause]) -> bool:
    """Whether a pronoun stands for a noun: one named before it, or a name that is not there."""
    first = min(theirs.clause.tokens)
    is_said = theirs.agent.places != (theirs.verb,)
    return (is_said and phrase.has_capital) or any(
        key in phrase.keys and at < first for one in clauses for at, key in one.keys.items()
    )


def _is_certain(roles: _Roles, actor: _Phrase) -> bool:
    """Whether the first noun is the one that acts; only in German does its article say that."""
    first, second = roles.agent.article, roles.patient.article
    is_dative = second == "der" and actor.article == "die"  # `der Kette`, where `die Kette` acts
    return first not in _AMBIGUOUS or second in _OBJECTS or is_dative


def _crossed(
    mine: Mapping[str, int], theirs: Mapping[str, int], clauses: Sequence[_Clause]
) -> tuple[int, int] | None:
    """Return a clause whose words stand in two of one sentence, and the first of these.

    And those of another clause, or the number of each, are in the same two.
    """
    rows: dict[int, tuple[set[int], set[int]]] = {}
    for key in mine.keys() & theirs.keys():
        rows.setdefault(mine[key], (set(), set()))[key.startswith("#")].add(theirs[key])
    for (one, (left, numbers)), (two, (right, others)) in combinations(sorted(rows.items()), 2):
        both = left & right
        if (numbers - left) & right and (others - right) & left:
            both |= numbers | others
        words = [key for key, clause in mine.items() if clause in {one, two}]
        has_most = sum(key in theirs for key in words) >= _MOST * len(words)
        if len(both) > 1 and has_most and len({clauses[at].sentence for at in both}) == 1:
            return one, min(both)
    return None


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
    sentence = 0
    for at, token in enumerate(reading.tokens):
        is_joint = token.text.isascii() and is_of_grammar("joint", token.folded, reading.language)
        is_end = is_joint or token.kind in {"comma", "end"}  # `e` is one, and not `è`
        if not is_end:
            tokens[at] = token
        if is_end or token is reading.tokens[-1]:
            known = {at: reading.places[at] for at in tokens if at in reading.places}
            keys = {at: alike.get(key, key) for at, key in known.items() if key[0] != "#"}
            yield _Clause(tokens, keys, reading.language, sentence)
            tokens = {}
        sentence += token.kind == "end"
