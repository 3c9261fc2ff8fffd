"""All that the trees are told of a passage, in one order, for training and for scoring alike."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import log1p

from annotator.extract.content.scorer.page_view import FAR, Reach, Tally, View, look, signature_of
from annotator.extract.content.scorer.passage_view import Glimpse
from annotator.extract.content.scorer.region_features import (
    CONTAINER_NAMES,
    NAMES_NAMES,
    SECTION_NAMES,
    TAG_NAMES,
    Places,
)
from annotator.extract.content.scorer.text_features import (
    KIND_NAMES,
    LEXICON_NAMES,
    TEXT_NAMES,
    kind_features,
    text_features,
)
from annotator.extract.content.scorer.trees import Forest, Part, learned_forest
from annotator.extract.html.dom import letters_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import Draft, Rule

WINDOW = (-2, -1, 1, 2)
NEAR = 12  # passages from where a choice begins or ends
LEAST_OF_TITLE = 9  # letters of a line that is a part of the title
LEAST_OF_EXCERPT = 21
LEAST_TOLD = 300  # letters that a page tells of its article
HEAD_OF_TOLD = 80  # characters of a passage that are looked for among them
UNDER = 12  # passages at most that a heading is taken to stand over

_SEEN = (
    "length",
    "link_share",
    "sentences",
    "ends",
    "ruled",
    "heading",
    "around",
    "prose",
    "same_tag",
    "same_parent",
)

FEATURE_FAMILIES: dict[str, tuple[str, ...]] = {
    "text": TEXT_NAMES,
    "lexicon": LEXICON_NAMES,
    "kind": KIND_NAMES,
    "names": NAMES_NAMES,
    "tags": TAG_NAMES,
    "sections": SECTION_NAMES,
    "container": CONTAINER_NAMES,
    "residue": ("in_residue",),
    "position": (
        "position",
        "text_before",
        "from_title",
        "is_after_title",
        "since_prose",
        "until_prose",
        "prose_before",
        "paragraphs",
        "passages",
    ),
    "repeats": ("repeats", "is_title", "is_excerpt"),
    "told": ("is_told",),
    "rules": ("ruled", "ruled_share", "from_ruled", "to_ruled", "siblings_ruled", "alike_ruled"),
    "alike": ("alike", "alike_prose", "alike_links", "alike_length"),
    "neighbours": tuple(f"{offset:+}_{seen}" for offset in WINDOW for seen in _SEEN),
    "heading": ("ruled_under", "length_under", "links_under"),
}
FEATURES = tuple(name for names in FEATURE_FAMILIES.values() for name in names)


class Features:
    """The features of the passages of a page."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._places = Places(view)

    def at(self, position: int) -> list[float]:
        """Return the features of the passage at a position, in the order of FEATURES."""
        return list(chain.from_iterable(self.parts(position)))

    def parts(self, position: int) -> tuple[Part, ...]:
        """Return the same in parts, parted by what many passages have in common."""
        glimpse = self._view.glimpses[position]
        return (
            *text_features(glimpse),
            kind_features(glimpse.passage),
            *self._places.features(glimpse.passage.region),
            (self._view.boxes[glimpse.passage.region.index] is not None,),
            self._position(position),
            self._repeats(glimpse),
            *self._choices(position, glimpse),
            *self._neighbours(position, glimpse),
            self._under(position, glimpse),
        )

    def _position(self, position: int) -> Part:
        view = self._view
        count = len(view.glimpses)
        from_title = position - view.title_at if view.title_at >= 0 else -FAR - 1
        return (
            position / count,
            view.characters_before[position] / view.total,
            max(-FAR, min(FAR, from_title)) if view.title_at >= 0 else from_title,
            position > view.title_at,
            view.since_prose[position],
            view.until_prose[position],
            view.prose_before[position] / (view.paragraphs or 1),
        )

    def _repeats(self, glimpse: Glimpse) -> Part:
        key, excerpt = glimpse.key, self._view.excerpt
        return (
            self._view.paragraphs,
            len(self._view.glimpses),
            self._view.repeats[key],
            len(key) >= LEAST_OF_TITLE and key in self._view.title,
            bool(excerpt) and len(key) >= LEAST_OF_EXCERPT and (key in excerpt or excerpt in key),
            self._is_told(glimpse),
        )

    def _is_told(self, glimpse: Glimpse) -> float:
        """Tell whether the page tells machines of a passage, too; -1 if it tells them nothing."""
        told = self._view.told
        if len(told) < LEAST_TOLD:
            return -1
        return letters_of(glimpse.passage.text[:HEAD_OF_TOLD].lower()) in told

    def _choices(self, position: int, glimpse: Glimpse) -> tuple[Part, Part]:
        view = self._view
        siblings = view.siblings[glimpse.parent]
        alike = view.alike[signature_of(glimpse.passage)]
        return (
            (glimpse.is_ruled, *_reach(view.ruled, position)),
            (
                siblings.ruled / siblings.characters,
                alike.ruled / alike.characters,
                *_alike(alike),
            ),
        )

    def _neighbours(self, position: int, glimpse: Glimpse) -> Iterator[Part]:
        glimpses = self._view.glimpses
        for offset in WINDOW:
            if 0 <= position + offset < len(glimpses):
                other = glimpses[position + offset]
                yield other.length, other.link_share, other.sentences
                yield (
                    other.ends,
                    other.is_ruled,
                    other.is_heading,
                    other.is_around,
                    other.is_prose,
                    other.passage.region.tag == glimpse.passage.region.tag,
                    other.parent == glimpse.parent,
                )
            else:
                yield from _NOBODY

    def _under(self, position: int, glimpse: Glimpse) -> Part:
        """Tell of what stands under a heading, up to the next one."""
        if not glimpse.is_heading:
            return _NO_HEADING
        ruled = length = linked = 0
        for below in self._view.glimpses[position + 1 : position + UNDER]:
            if below.is_heading:
                break
            ruled += below.is_ruled
            length += below.length
            linked += below.passage.linked
        return ruled, log1p(length), linked / length if length else 1


_NOBODY = ((-1.0,) * 3, (-1.0,) * 7)
_NO_HEADING = (0, 0, 0)


def _reach(reach: Reach, position: int) -> Part:
    return (
        reach.share,
        max(-NEAR, min(NEAR, position - reach.first)),
        max(-NEAR, min(NEAR, reach.last - position)),
    )


def _alike(alike: Tally) -> Part:
    return (
        alike.passages,
        alike.prose / alike.passages,
        alike.linked / alike.characters,
        alike.characters / alike.passages,
    )


AROUND = 10  # passages before and after what was chosen that may be of the article, too
MOST_SCORED = 2_000  # passages of a page: what is beyond is left to the rules


def score(draft: Draft, boxes: Sequence[Rule | None], facts: Facts) -> dict[int, float]:
    """Return a probability for each passage with a text, by its index among the draft's.

    The rules have chosen before; `boxes` tells for each region whether it is
    residue as a whole. Passages far from all that was chosen have none, unless
    they are prose.
    """
    return score_view(look(draft, boxes, facts), learned_forest())


def score_view(view: View, forest: Forest) -> dict[int, float]:
    """Return the probabilities of the passages of a page that are worth to be scored."""
    features = Features(view)
    positions = positions_to_score(view)
    likely = forest.probabilities([features.parts(position) for position in positions])
    return {view.glimpses[at].index: value for at, value in zip(positions, likely, strict=True)}


def positions_to_score(view: View) -> list[int]:
    """Return where the passages stand that may be of the article."""
    chosen = [position for position, glimpse in enumerate(view.glimpses) if glimpse.is_ruled]
    first, last = (chosen[0], chosen[-1]) if chosen else (0, len(view.glimpses))
    return [
        position
        for position, glimpse in enumerate(view.glimpses)
        if glimpse.is_prose or first - AROUND <= position <= last + AROUND
    ][:MOST_SCORED]


def doubt(draft: Draft, likely: Mapping[int, float]) -> float:
    """Return how much text may be judged wrongly, as a share of what is likely to be the article.

    A page of which nothing is likely is all doubt.
    """
    wrong = right = 0.0
    for index, probability in likely.items():
        length = len(draft.passages[index].text)
        wrong += length * min(probability, 1 - probability)
        right += length * probability
    return wrong / right if right else 1.0
