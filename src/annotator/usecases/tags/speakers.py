"""Speakers over the whole library: uses with counts, rename, and names that may be of one person.

Two spellings that differ only in case are one speaker. Anything else stays apart until the user
merges it: `suggested_merges` proposes, and changes nothing.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import Annotation, Claim
from annotator.model.query import Either, Field
from annotator.model.text import clean_line
from annotator.store import Library, SpeakerUse, questions
from annotator.usecases.articles.trash import Progress, to_the_end
from annotator.usecases.marks.mark_edit import MarkEdit, edit_marks

MAX_COMPARED = 3_000  # speakers, those with most marks first; they take a third of a second
SAME_LETTERS = 88.0  # per cent; “Jinping” and “Jingping” have 93, “Smith” and “Smyth” 80
SHORTEST_MISSPELT = 6  # letters; shorter names that are alike are mostly of two people


class SuggestedMerge(Struct, frozen=True):
    """Two names that may be of one person, and why; `keep` is the one that says more."""

    keep: SpeakerUse
    other: SpeakerUse
    reason: str


def speaker_uses(library: Library) -> tuple[SpeakerUse, ...]:
    """Return the speakers by their names."""
    return library.ask(questions.names.speaker_counts())


def matching_speaker(uses: Iterable[SpeakerUse], typed: str) -> str:
    """Return the speaker that what was typed may be short for; empty if none matches.

    Of several, one whose name begins so wins over one with a later word that does, and then the
    one with more marks.
    """
    wanted = _key(typed.strip())
    if not wanted:
        return ""
    ranked = [
        (0 if use.key.startswith(wanted) else 1, -use.count, use.name)
        for use in uses
        if use.key != wanted and (use.key.startswith(wanted) or f" {wanted}" in use.key)
    ]
    return min(ranked)[-1] if ranked else ""


def merge_speakers(
    library: Library,
    old: Sequence[str],
    new: str,
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> MarkEdit:
    """Give all marks of the speakers `old` the speaker `new`, who may have marks already.

    Raises `InvalidInput` without a new name, and `NotInLibrary` if nobody of these names speaks.
    """
    name = Claim().with_values({"speaker": new}).speaker
    if not name:
        raise InvalidInput("A speaker needs a name.", "Give the name that the marks should have.")
    keys = {_key(clean_line(name)) for name in old}
    annotations = [
        marked.annotation
        for marked in library.ask(
            questions.marks.find_marks(Either(tuple(Field("speaker", key) for key in keys)))
        )
        if _speaker(marked.annotation) in keys
    ]
    missing = keys - {_speaker(mark) for mark in annotations}
    if missing:
        unknown = next(speaker for speaker in old if _key(clean_line(speaker)) in missing)
        raise NotInLibrary(
            f"No mark has the speaker “{clean_line(unknown)}”.", "`annotator speakers` lists them."
        )

    def edit(mark: Annotation) -> Annotation:
        if mark.claim is None or _speaker(mark) not in keys:
            return mark  # another program has changed it
        return replace(mark, claim=replace(mark.claim, speaker=name))

    title = "Merge speakers" if len(keys) > 1 else "Rename speaker"
    return edit_marks(library, title, annotations, edit, now=now, progress=progress)


def suggested_merges(uses: Sequence[SpeakerUse]) -> tuple[SuggestedMerge, ...]:
    """Return the pairs of names that may be of one person, those with most marks first."""
    compared = sorted(uses, key=attrgetter("count"), reverse=True)[:MAX_COMPARED]
    names = [*_worded(compared)]
    suggestions = (
        _suggested(names[one], names[other], is_misspelt=is_misspelt)
        for one, other, is_misspelt in _alike(names)
    )
    pairs = [pair for pair in suggestions if pair is not None]
    return tuple(
        sorted(pairs, key=lambda pair: (-pair.keep.count - pair.other.count, pair.keep.name))
    )


class _Worded(Struct, frozen=True):
    """A speaker with the words of the name, without accents."""

    use: SpeakerUse
    words: tuple[str, ...]
    sorted: str


def _worded(uses: Iterable[SpeakerUse]) -> Iterator[_Worded]:
    for use in uses:
        bare = unicodedata.normalize("NFKD", use.key)
        letters = "".join(
            character if character.isalnum() else " "
            for character in bare
            if not unicodedata.combining(character)
        )
        words = tuple(letters.split())
        if words:
            yield _Worded(use, words, " ".join(sorted(words)))


def _alike(names: Sequence[_Worded]) -> Iterator[tuple[int, int, bool]]:
    """Yield the places of names that share a word, or have nearly the same letters: then True."""
    from rapidfuzz import fuzz, process  # only suggestions need it

    with_word: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        sharing = {other for word in name.words for other in with_word[word]}
        near: set[int] = set()
        if len(name.sorted) >= SHORTEST_MISSPELT:
            earlier = [other.sorted for other in names[:place]]
            matches = process.extract(
                name.sorted, earlier, scorer=fuzz.ratio, score_cutoff=SAME_LETTERS, limit=None
            )
            near = {other for _, _, other in matches}
        for word in name.words:
            with_word[word].append(place)
        for other in sorted(sharing | near):
            yield other, place, other in near and len(names[other].sorted) >= SHORTEST_MISSPELT


def _suggested(one: _Worded, other: _Worded, *, is_misspelt: bool) -> SuggestedMerge | None:
    longer, shorter = (one, other) if len(one.words) >= len(other.words) else (other, one)
    if one.sorted == other.sorted:
        reason = "the same words"
    elif set(shorter.words) < set(longer.words):
        return SuggestedMerge(longer.use, shorter.use, "one name is part of the other")
    elif _is_abbreviated(shorter.words, longer.words):
        fuller, brief = sorted((longer, shorter), key=lambda one: -len(one.sorted))
        return SuggestedMerge(fuller.use, brief.use, "one name has initials of the other")
    elif is_misspelt:
        reason = "nearly the same letters"
    else:
        return None
    return SuggestedMerge(one.use, other.use, reason)  # the one with more marks is first


def _is_abbreviated(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the names share their last word, and initials stand for the others."""
    if short[-1] != long[-1] or len(short) != len(long) or len(short[-1]) == 1:
        return False
    pairs = list(zip(short[:-1], long[:-1], strict=True))
    return any(1 in map(len, pair) for pair in pairs) and all(
        one == other or (one[0] == other[0] and 1 in (len(one), len(other))) for one, other in pairs
    )


def _speaker(mark: Annotation) -> str:
    return _key(mark.claim.speaker) if mark.claim else ""


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
