"""The direction of a statement: opposites, denials, and words such as `may` and `must`.

Each of these words is read with the words around it, since a sentence may say that one thing
rose and another fell. Of two statements those are compared that have the same neighbours:

    Exports | fell | by 2 percent, while imports | rose | by 3 percent.
    Exports | rose | by 2 percent.                       against `fell`, not `rose`
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.similarity.lexicon import Modality

NEAR = 0.3  # what neighbours count together from which two words are about the same
MODAL = 0.5  # … and by which a modal word of a source is about a sentence: more than its subject
REACH = 8  # words on each side that are neighbours
NEGATED = 4  # words between a negation and the word that it turns round, at most
SCOPE = 2  # words on either side of a negation that it is about

# Beginnings that turn a word round, and letters that the word must have, so that `import` is
# no denial of `port`.
_PREFIXES = (
    ("un", 4),
    ("non", 4),
    ("dis", 5),
    ("in", 6),
    ("im", 6),
    ("ir", 6),
    ("il", 5),
    ("des", 5),
)


_PREPOSITIONS = {"side", "with", "time"}  # pairs of words that are about what follows
COMPARED = {"amount", "size", "speed", "age", "best", "when", "price", "weather", "ease"}
_DECIDING = {"most", "amount", "time", "always"}  # pairs of words of order and amount
_TWO_SIDES = {"buy", "lend", "give"}  # pairs of verbs for one deal, said from either side


class Turn(NamedTuple):
    """A word that decides which way a statement points, and the words near it.

    `near` are the keys of its neighbours, with less for those that are further away, `before`
    those that precede it, and `scope` those right beside it. `opposites` are the pairs that it
    belongs to, and `turned` those of the word that a negation turns round.
    """

    text: str
    key: str
    at: int
    near: Mapping[str, float]
    before: frozenset[str]
    scope: frozenset[str]
    opposites: Mapping[str, int] = {}
    modalities: frozenset[Modality] = frozenset()
    is_negation: bool = False
    is_negated: bool = False
    turned: frozenset[str] = frozenset()


class Contrast(NamedTuple):
    """A contrast of two statements; either is empty if only the other has words."""

    kind: str  # `opposite`, `denial` or `modal`
    one: str
    other: str
    at: int = -1  # of the word of the first that the other one turns round, if there is one


class TurnWord(NamedTuple):
    """A word that may be a turn, before its neighbours are known."""

    at: int
    text: str
    key: str
    opposites: Mapping[str, int]
    modalities: frozenset[Modality]
    is_negation: bool


def turns_of(
    words: Iterable[TurnWord],
    keys: Mapping[int, str],
    breaks: Sequence[int],
    *,
    denies_backwards: bool = False,
    denies_twice: bool = False,
) -> tuple[Turn, ...]:
    """Return the turns of a statement.

    `keys` are those of what it is about, by their places, and `breaks` the places where its
    parts end: what is beyond is not near. In some languages a negation comes after what it
    turns round as well: `stieg nicht`, but `did not rise`. In some (`denies_twice`) the words
    of one denial are several: `no pagó nada`.
    """
    kept = [*words]
    if denies_twice:
        kept = [word for word in kept if not _is_again(word, kept, breaks)]
    turns = [_placed(word, keys, breaks) for word in kept]
    for negation in [turn for turn in turns if turn.is_negation]:
        turned = [
            turn
            for turn in turns
            if turn.opposites
            and not turn.is_negation
            and (-NEGATED if denies_backwards else -1)
            <= turn.at - negation.at
            <= (1 if turn.opposites.keys() & _PREPOSITIONS else NEGATED)
            and not _is_between(turn.at, negation.at, breaks)
        ]
        if turned:
            nearest = min(
                turned, key=lambda turn: (turn.at < negation.at, abs(turn.at - negation.at))
            )
            turns[turns.index(nearest)] = nearest._replace(is_negated=not nearest.is_negated)
            turns[turns.index(negation)] = negation._replace(turned=frozenset(nearest.opposites))
    return tuple(turns)


def _is_between(one: int, other: int, breaks: Sequence[int]) -> bool:
    return any(min(one, other) < at < max(one, other) for at in breaks)


def _is_again(word: TurnWord, words: Sequence[TurnWord], breaks: Sequence[int]) -> bool:
    """Whether a negation only strengthens the one before it, in the same part of a sentence."""
    return word.is_negation and any(
        other.is_negation
        and 0 < word.at - other.at <= NEGATED
        and not _is_between(other.at, word.at, breaks)
        for other in words
    )


def neighbours(at: int, keys: Mapping[int, str], breaks: Sequence[int]) -> Mapping[str, float]:
    """Return the keys around a place, with less for those that are further away."""
    near: dict[str, float] = {}
    for places in (_before(at, keys, breaks)[::-1], _after(at, keys, breaks)):
        for distance, place in enumerate(places, start=1):
            near[keys[place]] = max(near.get(keys[place], 0.0), 1 / (1 + distance))
    return near


def _before(at: int, keys: Mapping[int, str], breaks: Sequence[int]) -> list[int]:
    passed = bisect_left(breaks, at)
    first = breaks[passed - 1] + 1 if passed else 0
    return [place for place in range(max(first, at - REACH), at) if place in keys]


def _after(at: int, keys: Mapping[int, str], breaks: Sequence[int]) -> list[int]:
    passed = bisect_right(breaks, at)
    last = breaks[passed] if passed < len(breaks) else at + REACH + 1
    return [place for place in range(at + 1, min(last, at + REACH + 1)) if place in keys]


def _placed(word: TurnWord, keys: Mapping[int, str], breaks: Sequence[int]) -> Turn:
    before, after = _before(word.at, keys, breaks), _after(word.at, keys, breaks)
    scope = (*before[-1:], *after[:SCOPE]) if after else before[-SCOPE:]
    if word.opposites.keys() <= _PREPOSITIONS and word.opposites:
        scope = after[:SCOPE]  # whom it is for or against comes after it
    return Turn(
        word.text,
        word.key,
        word.at,
        neighbours(word.at, keys, breaks),
        frozenset(keys[at] for at in before),
        frozenset(keys[at] for at in scope) - {word.key},
        word.opposites,
        word.modalities,
        word.is_negation,
    )


def contrasts(
    one: Sequence[Turn],
    other: Sequence[Turn],
    terms: tuple[frozenset[str], frozenset[str]],
    alike: Mapping[str, str],
) -> Iterator[Contrast]:
    """Yield the contrasts of two statements.

    `terms` are the keys that each of them has, and `alike` the keys of the other one that are
    other forms of keys of the first.
    """
    theirs = [_renamed(turn, alike) for turn in other]
    known = terms[0], frozenset(alike.get(key, key) for key in terms[1])
    pairs = list(_nearest(one, theirs))
    yield from _opposites(pairs, one, theirs)
    if not any(
        mine.is_negated != other.is_negated and _agree(mine, other) for mine, other in pairs
    ):
        yield from _denials(one, theirs, known)
    yield from _modals(one, theirs, known)


def _renamed(turn: Turn, alike: Mapping[str, str]) -> Turn:
    if not alike:
        return turn
    near: dict[str, float] = {}
    for key, weight in turn.near.items():
        name = alike.get(key, key)
        near[name] = max(weight, near.get(name, 0.0))
    before, scope = (
        frozenset(alike.get(key, key) for key in keys) for keys in (turn.before, turn.scope)
    )
    key = alike.get(turn.key, turn.key)
    return turn._replace(near=near, before=before, scope=scope, key=key)


def _nearness(mine: Turn, theirs: Turn) -> float:
    near = theirs.near
    return sum(min(weight, near[key]) for key, weight in mine.near.items() if key in near)


def _nearest(one: Sequence[Turn], other: Sequence[Turn]) -> Iterator[tuple[Turn, Turn]]:
    """Yield the words that have an opposite, each with the nearest one of the other statement."""
    for mine in (turn for turn in one if turn.opposites):
        rivals = [theirs for theirs in other if mine.opposites.keys() & theirs.opposites.keys()]
        if not rivals:
            continue
        nearness, _, _, at = max(
            (_nearness(mine, theirs), theirs.key == mine.key, _agree(mine, theirs), -number)
            for number, theirs in enumerate(rivals)
        )
        nearest, is_near = rivals[-at], nearness >= NEAR
        if mine.opposites.keys() & nearest.opposites.keys() <= _PREPOSITIONS:
            is_time = "time" in mine.opposites  # before 1960, after 1960
            is_near = any(is_time or _is_word(key) for key in mine.scope & nearest.scope)
        if is_near and not _is_other_side(mine, nearest) and not _is_said(mine, nearest, one):
            yield mine, nearest


def _is_said(mine: Turn, theirs: Turn, one: Sequence[Turn]) -> bool:
    """Whether another word of the first statement says what a word of the other one does."""
    return not _agree(mine, theirs) and any(
        _agree(turn, theirs) and _nearness(turn, theirs) >= _nearness(mine, theirs)
        for turn in one
        if turn.opposites.keys() & mine.opposites.keys() & theirs.opposites.keys()
    )


def _is_word(key: str) -> bool:
    return not key.startswith("#")


def _is_amount(key: str, turn: Turn) -> bool:
    """Whether a key is a number, but for a year before a word of time: the 2035 plan after that."""
    is_year = len(key) == len("#2035") and key in turn.before
    return not (_is_word(key) or (is_year and turn.opposites.keys() <= _PREPOSITIONS))


def _is_other_side(mine: Turn, theirs: Turn) -> bool:
    """Whether two verbs say one deal from both sides: `A sold it to B`, and `B bought it`.

    What is before the verb in one statement is after it in the other, where another does it.
    """
    if not mine.opposites.keys() & theirs.opposites.keys() <= _TWO_SIDES:
        return False
    subjects, others = set(filter(_is_word, mine.before)), set(filter(_is_word, theirs.before))
    return bool(
        subjects
        and others
        and not subjects & others
        and (
            mine.before & (theirs.near.keys() - theirs.before)
            or theirs.before & (mine.near.keys() - mine.before)
        )
    )


def _opposites(
    pairs: Iterable[tuple[Turn, Turn]], one: Sequence[Turn], other: Sequence[Turn]
) -> Iterator[Contrast]:
    for mine, theirs in pairs:
        if _agree(mine, theirs):
            continue
        bare, turns = (mine, one) if theirs.is_negated else (theirs, other)
        if mine.key == theirs.key and any(
            turn.is_negation and _nearness(turn, bare) >= NEAR for turn in turns
        ):
            continue  # `kein höheres Angebot vorlegen`, and `ein höheres Angebot nicht vorlegen`
        if mine.key != theirs.key:
            yield Contrast("opposite", _text(mine), _text(theirs), mine.at)
        elif theirs.is_negated:
            yield Contrast("denial", "", _text(theirs), mine.at)
        else:
            yield Contrast("denial", _text(mine), "", mine.at)


def _agree(mine: Turn, theirs: Turn) -> bool:
    """Whether two words point the same way, as far as is known: `did not rise` and `fell` do."""
    is_turned = mine.is_negated != theirs.is_negated
    if mine.key == theirs.key:
        return not is_turned
    common = mine.opposites.keys() & theirs.opposites.keys()
    signs = {mine.opposites[name] * theirs.opposites[name] for name in common}
    return signs != ({1} if is_turned else {-1})


def _text(turn: Turn) -> str:
    return f"not {turn.text}" if turn.is_negated else turn.text


def _denials(
    one: Sequence[Turn], other: Sequence[Turn], terms: tuple[frozenset[str], frozenset[str]]
) -> Iterator[Contrast]:
    """Yield a denial in only one of the two, of something that both speak of."""
    mine, theirs = ([turn for turn in turns if turn.is_negation] for turns in (one, other))
    for turn in mine:
        is_known = _is_compared(turn, other) or _has_answer(turn, theirs, other)
        if turn.scope & terms[1] and not is_known:
            yield Contrast("denial", turn.text, "")
            return
    for turn in theirs:
        is_known = _is_compared(turn, one) or _has_answer(turn, mine, one)
        if turn.scope & terms[0] and not is_known:
            yield Contrast("denial", "", turn.text)
            return


def unanswered(one: Sequence[Turn], other: Sequence[Turn]) -> Iterator[Turn]:
    """Yield denials, and words of order and amount, to which another statement has no answer."""
    negations = [turn for turn in other if turn.is_negation]
    times = {turn.at for turn in other if "time" in turn.opposites}
    for turn in one:
        pairs = turn.opposites.keys()
        if turn.is_negation:
            is_answered = _is_compared(turn, other) or _has_answer(turn, negations, other)
        else:
            is_of_number = any(_is_amount(key, turn) for key in turn.near if turn.near[key] > NEAR)
            is_answered = not pairs & _DECIDING or is_of_number
        if not is_answered and not any(
            turn.key == known.key or (pairs & known.opposites.keys() and _agree(turn, known))
            for known in other
            if not {known.at, known.at + 1} <= times  # until after the vote
        ):
            yield turn


def _is_compared(negation: Turn, turns: Sequence[Turn]) -> bool:
    """Whether the word that a negation turns round has an opposite in the other statement."""
    return any(negation.turned & turn.opposites.keys() for turn in turns if not turn.is_negation)


def _has_answer(turn: Turn, negations: Sequence[Turn], turns: Sequence[Turn]) -> bool:
    """Whether the other statement denies the same, also by a word such as `unstable`."""
    if any(turn.scope & set(other.near) for other in negations):
        return True
    keys = {key for other in turns for key in (*other.near, other.key)}
    return any(is_turned(key, scoped) for key in keys for scoped in turn.scope)


def is_turned(word: str, plain: str) -> bool:
    """Return whether a word is another one with a prefix that turns it round."""
    return any(
        len(plain) >= least and word.startswith(prefix) and word[len(prefix) :][:6] == plain[:6]
        for prefix, least in _PREFIXES
    )


def _modals(
    one: Sequence[Turn], other: Sequence[Turn], terms: tuple[frozenset[str], frozenset[str]]
) -> Iterator[Contrast]:
    """Yield that only one says what may be, must be, or should be."""
    mine = {name for turn in one for name in turn.modalities}
    theirs = {name for turn in other for name in turn.modalities}
    for turn in other:
        shared = sum(turn.near[key] for key in turn.near.keys() & terms[0])
        is_about_it = bool(turn.scope & terms[0]) and shared > MODAL
        if "possible" in turn.modalities and is_about_it and not mine & {"possible", "hedge"}:
            strong = next((turn.text for turn in one if turn.modalities), "")
            yield Contrast("modal", strong, turn.text)
            return
        is_weaker = mine & {"should", "possible"} and "must" not in mine
        if "must" in turn.modalities and is_about_it and is_weaker:
            yield Contrast("modal", next(turn.text for turn in one if turn.modalities), turn.text)
            return
    for turn in one:
        if not turn.scope & terms[1]:
            continue
        for name, answers in (
            ("possible", {"possible", "hedge"}),
            ("must", {"must"}),
            ("should", {"should", "must", "hedge"}),
        ):
            if name in turn.modalities and not theirs & answers:
                yield Contrast(
                    "modal", turn.text, next((turn.text for turn in other if turn.modalities), "")
                )
                return
