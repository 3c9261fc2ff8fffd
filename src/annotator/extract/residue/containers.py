"""Which regions of a page are residue as a whole, by their tags and names."""

from collections import Counter
from functools import cache, lru_cache
from operator import itemgetter

from annotator.extract.html.dom import holds_any, words
from annotator.extract.passages import Region, Rule
from annotator.extract.patterns import later
from annotator.extract.residue.families import FAMILIES
from annotator.extract.residue.families.navigation import TAGS
from annotator.extract.residue.pattern_index import Choices

MOST_PROSE = 0.3  # share of the page's prose: a box with more holds the article, whatever its name
MOST_OF_A_NOTICE = 0.5  # what asks for consent may be longer than a short article
MOST_TOGETHER = 0.95  # of the boxes of one family, however small each is
MOST_OF_A_NAME = 0.5  # that is chosen: boxes of one name with more are the article in pieces
_MANY = frozenset({"comments", "related"})

LEAST_TEASERS = 4
LEAST_OF_A_TEASER = 2  # passages: a headline, and what it is about
LEAST_LINKED = 20  # characters: the headline
LONGEST_TEASER = 700
_TEASER = Rule("related", "teasers", "It is one of many cards for other articles.")

_BESIDE_THE_ARTICLE = later(
    r"(?<![\w-])(?:\w+-){0,2}(?:modals?|pop-?ups?|overlay|lightbox|dialog|cookies?|consent|"
    r"gdpr|sidebars?|widgets?)(?![\w])"
)
_OF_THE_ARTICLE = later(
    r"(?<![\w-])(?:\w+-){0,2}(?:article|post|entry|story|page|main|blog|rich|single|"
    r"news)-?(?:body|text|content|copy)(?:-\w+)?(?![\w-])|"
    r"\barticlebody\b|(?<![\w-])(?:prose|storytext|hentry)(?![\w-])"
)
_OF_A_BODY = words("body text content copy prose hentry")  # each such name holds one of them
_DIGITS = str.maketrans("", "", "0123456789")
_OF_ANYTHING = "elementor-widget"  # a builder of pages calls every box so
_WORDS_AHEAD = r"\A\(\?:\\w\+-\)(?:\{0,\d\}|\?)"  # of patterns: words joined to those that tell
_BY_TAG = {
    tag: Rule("navigation", f"{tag}-element", "The page marks it as a part of its frame.")
    for tag in TAGS
}


def residue_boxes(regions: list[Region]) -> list[Rule | None]:
    """Return for each region why it is residue, or nothing; what stands in residue is residue."""
    teasers = _teasers(regions)
    rules = _rules(regions, teasers, ignored := frozenset[str]())
    while more := _too_many(rules, regions) - ignored:
        ignored |= more
        # Posts are as alike as teasers, and have links to who wrote them.
        rules = _rules(regions, frozenset() if ignored & _MANY else teasers, ignored)
    return rules


def _rules(
    regions: list[Region], teasers: frozenset[int], ignored: frozenset[str]
) -> list[Rule | None]:
    rules: list[Rule | None] = []
    for region in regions:
        rule = rules[region.parent.index] if region.parent is not None else None
        if rule is None and region.index in teasers:
            rule = _TEASER
        elif rule is None:
            rule = _believed(box_rule(region), region, regions[0])
            rule = None if rule and (rule.step in ignored or _unnumbered(rule) in ignored) else rule
        rules.append(rule)
    return rules


def _too_many(rules: list[Rule | None], regions: list[Region]) -> frozenset[str]:
    """Return the families, and the names of rules, whose boxes hold too much prose together.

    A thread, or a list of posts, is of one family. An article in many pieces may
    have each in a box with the name of what stands at its side; the pieces are
    named or chosen as text elsewhere.
    """
    held: Counter[str] = Counter()
    chosen: Counter[str] = Counter()
    for region, rule in zip(regions, rules, strict=True):
        outer = rules[region.parent.index] if region.parent is not None else None
        if rule is not None and outer is None and not region.hidden:
            key = rule.step if rule.step in _MANY else _unnumbered(rule)
            held[key] += region.prose
            chosen[key] += region.chosen
    body = regions[0].prose
    return frozenset(
        key
        for key, prose in held.items()
        if prose > MOST_TOGETHER * body
        or (key not in _MANY and chosen[key] > MOST_OF_A_NAME * body)
    )


def _unnumbered(rule: Rule) -> str:
    """Return the name of a rule for boxes that are numbered alike."""
    return rule.name.translate(_DIGITS)


def named_bodies(regions: list[Region]) -> frozenset[int]:
    """Return the indices of the regions that the page names the text of an article."""
    found: set[int] = set()
    for region in regions:
        is_within = region.parent is not None and region.parent.index in found
        if is_within or (region.names and _names_a_body(region.names)):
            found.add(region.index)
    return frozenset(found)


@lru_cache(maxsize=8192)
def _names_a_body(names: str) -> bool:
    return holds_any(names, _OF_A_BODY) and bool(_OF_THE_ARTICLE.search(names))


def _believed(rule: Rule | None, region: Region, body: Region) -> Rule | None:
    """Return a rule unless the box holds so much that it may well be the article.

    Of what is laid over a page or stands at its side, what is named or chosen elsewhere tells it.
    """
    most = MOST_OF_A_NOTICE if rule is not None and rule.step == "cookie" else MOST_PROSE
    if rule is None or region.prose <= most * body.prose:
        return rule
    names = f"{region.tag} {region.names}"
    is_beside = bool(_BESIDE_THE_ARTICLE.search(names)) and body.chosen > 0
    return rule if is_beside and region.chosen <= MOST_PROSE * body.chosen else None


def _teasers(regions: list[Region]) -> frozenset[int]:
    """Return the regions that are cards for other articles: many of one name, each with a link."""
    alike: dict[tuple[str, str], list[Region]] = {}
    for region in regions:
        if region.names and region.passages >= LEAST_OF_A_TEASER:
            alike.setdefault((region.tag, region.names), []).append(region)
    found = (group for group in alike.values() if len(group) >= LEAST_TEASERS)
    return frozenset(
        region.index for group in found if all(map(_is_teaser, group)) for region in group
    )


def _is_teaser(region: Region) -> bool:
    return region.characters <= LONGEST_TEASER and region.linked >= LEAST_LINKED


def box_rule(region: Region) -> Rule | None:
    """Return why the tag or the names of a region make it residue.

    The footer of a quotation names its source.
    """
    is_source = region.parent is not None and region.parent.tag in {"blockquote", "figure"}
    rule = None if is_source else _BY_TAG.get(region.tag)
    return rule or (_by_names(region.names) if region.names else None)


@lru_cache(maxsize=8192)
def _by_names(names: str) -> Rule | None:
    if _names_a_body(names):
        return None
    found = ((number, name) for name in names.split() if (number := _family_of(name)) is not None)
    number, name = min(found, key=itemgetter(0), default=(0, ""))
    family = FAMILIES[number]
    return Rule(family.step, f"box-{name[:40]}", family.names_reason) if name else None


@lru_cache(maxsize=8192)
def _family_of(name: str) -> int | None:
    """Return the number of the first family that calls its boxes so."""
    if name.startswith(_OF_ANYTHING):  # what is in it is told behind, if at all
        name = name.removeprefix(_OF_ANYTHING).lstrip("-")
    starts = [0, *(at + 1 for at, sign in enumerate(name) if sign == "-")]
    return _families().of(name, starts)


@cache
def _families() -> Choices[int]:
    named = ((family.names, number) for number, family in enumerate(FAMILIES) if family.names)
    return Choices(named, ahead=_WORDS_AHEAD)
