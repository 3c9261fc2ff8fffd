"""Find the regions of a page that are residue as a whole, by their tags and names.

Sites call a share bar `share-bar`, a list of other articles `related-posts`.
They also call the article such names by mistake. So a name counts only as long
as its container holds little of the page's prose, and as long as the containers
of one family or name do not hold nearly all of it together.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter

from msgspec import Struct

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import HEADINGS, contains_any, finder, words
from annotator.extract.families import FAMILIES, policy_of
from annotator.extract.passages import Passage, Region, Rule
from annotator.model.data_file import pattern_of, wordings

MOST_OF_A_FRAME = 0.5  # share of the page's prose in a `footer` that is one, not an article
MOST_OF_CHOSEN = 0.3  # share of the chosen text that something beside the article can hold
MOST_TOGETHER = 0.95  # share of the page's prose in the containers of one family, however small
MOST_OF_A_NAME = 0.5  # share of the chosen text; containers of one name with more are the article

ENOUGH = 400  # characters of prose beside dialogs, with which the page is not in them

MUCH = 0.1  # share of the page's prose in containers of a name that can be doubted
LIKELY = 0.45  # mean likelihood of that prose at which the name is doubted
LIKELY_BESIDE = 0.7  # the same for overlays, notices of consent and sidebars, which are prose, too
NEARLY_ALL = 0.75  # share of the prose in a sidebar that is no sidebar
PIECES = 3  # containers of a name, with
MUCH_IN_PIECES = 0.25  # of the prose together, that is forgotten for a trial,
POSSIBLE = 0.1  # mean likelihood of their prose from which that is done,
LIKELY_WITHOUT = 0.8  # and in the trial, at which the name is doubted
MISLED = 0.05  # share of the expected text in containers of a name that may mislead

LEAST_TEASERS = 4
LEAST_ARTICLES = 2
LEAST_OF_A_TEASER = 2  # passages: a headline, and a summary
LEAST_LINKED = 20  # characters of the headline
LONGEST_TEASER = 700
LEAST_HEADED = 0.5  # share of the teasers that have a line which is nothing but a link
MOST_LINKS = 0.4  # share of links in menus, whose lines may be short
TEASERS = "teasers"  # the name of the rule for them
_TEASER = Rule("related", TEASERS, "One of many teasers for other articles.")

_WORDINGS = wordings(__package__, "wordings.toml")
_BESIDE_THE_ARTICLE = re.compile(_WORDINGS["beside-the-article"])
_OF_THE_ARTICLE = re.compile(_WORDINGS["of-the-article"])
_UNFOLDS = re.compile(r"(?<![\w-])(?:[\w-]+-)?(?:accordion|faq)s?(?:-[\w-]+)?(?![\w])")
_OF_CONTENTS = re.compile(r"(?<![\w-])toc(?:-\w+){0,3}(?![\w-])")
_OF_A_BODY = words("body text content copy prose hentry")  # each such name contains one of these
_is_dialog_of_site = finder(_WORDINGS["dialog-of-the-site"])
_DIGITS = str.maketrans("", "", "0123456789")
_OF_ANYTHING = "elementor-widget"  # a page builder puts this before the name of every container
_MANY = frozenset(family.name for family in FAMILIES if family.policy.may_be_page)
_BY_TAG = {
    tag: Rule(family.name, f"{tag}-element", "Marked by the page as part of its frame.")
    for family in FAMILIES
    for tag in family.elements
}
DIALOG = _BY_TAG["dialog"]
_BY_PROSE = {*_MANY, DIALOG.name}


def residue_containers(
    regions: list[Region], doubted: frozenset[str] = frozenset()
) -> list[Rule | None]:
    """Return the rule that makes each region residue, or nothing; what is in residue is residue.

    The rules whose names are `doubted` make none.
    """
    teasers = frozenset[int]() if TEASERS in doubted else _teasers(regions)
    rules = _rules(regions, teasers, ignored := doubted)
    while more := _too_many(rules, regions) - ignored:
        ignored |= more
        # Posts are as alike as teasers, and link to their authors.
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
            rule = _believed(container_rule(region), region, regions[0])
            rule = None if rule and (rule.step in ignored or _unnumbered(rule) in ignored) else rule
        rules.append(rule)
    return rules


def _too_many(rules: list[Rule | None], regions: list[Region]) -> frozenset[str]:
    """Return the families, and the names of rules, whose containers hold too much prose together.

    A thread, or a list of posts, is of one family. An article in many pieces can
    have each piece in a container named like a sidebar; such pieces are named or
    chosen as text elsewhere.
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
        if body - prose < min((1 - MOST_TOGETHER) * body, ENOUGH)
        or (key not in _BY_PROSE and chosen[key] > MOST_OF_A_NAME * body)
    )


class Suspect(Struct):
    """A name whose containers hold much of the page's prose."""

    name: str
    passages: list[int] = []  # the indices of that prose
    pieces: set[int] = set()  # the indices of the containers
    length: int = 0  # characters of that prose
    share: float = 0.0  # of the page's prose

    def likelihood(self, passages: list[Passage], likely: Mapping[int, float]) -> float:
        """Return the mean likelihood of what is in the containers of the name."""
        expected = sum(len(passages[index].text) * likely.get(index, 0) for index in self.passages)
        return expected / self.length

    @property
    def likely(self) -> float:
        """The mean likelihood at which the name is doubted."""
        # The sidebar of a page with nothing else beside it is a column of its layout.
        return LIKELY_BESIDE if self._is_beside and self.share < NEARLY_ALL else LIKELY

    @property
    def possible(self) -> float:
        """The mean likelihood from which the name is forgotten for a trial.

        An article can be cut into several containers of one name.
        """
        is_in_pieces = len(self.pieces) >= PIECES and self.share >= MUCH_IN_PIECES
        if not is_in_pieces:
            return self.likely
        return LIKELY if self._is_beside else POSSIBLE

    @property
    def _is_beside(self) -> bool:
        return is_beside_the_article(self.name)


@lru_cache(maxsize=1024)
def is_beside_the_article(name: str) -> bool:
    """Return whether the name of a rule is that of an overlay, a notice of consent or a sidebar."""
    return _BESIDE_THE_ARTICLE.search(name.removeprefix("box-")) is not None


def suspects(passages: list[Passage], rules: list[Rule | None]) -> dict[str, Suspect]:
    """Return the names of containers that hold much of the page's prose."""
    total = 0
    suspected: dict[str, Suspect] = {}
    for index, passage in enumerate(passages):
        region = passage.region
        if region.hidden or not is_prose(passage):
            continue
        total += len(passage.text)
        rule = rules[region.index]
        if rule is not None and rule.name.startswith("box-") and rule.step not in _MANY:
            name = _unnumbered(rule)
            suspect = suspected.setdefault(name, Suspect(name))
            suspect.passages.append(index)
            # The outermost container to which the same rule applies.
            same = (outer.index for outer in region.chain() if rules[outer.index] == rule)
            suspect.pieces.update(list(same)[-1:])
            suspect.length += len(passage.text)
    for suspect in suspected.values():
        suspect.share = suspect.length / total
    return {name: suspect for name, suspect in suspected.items() if suspect.share >= MUCH}


def misleading_name(passages: Sequence[Passage], likely: Mapping[int, float]) -> str:
    """Return the name whose containers took the most prose that may be the text.

    It is empty if no name took a twentieth of the text that is expected.
    """
    total = 0.0
    taken: defaultdict[str, float] = defaultdict(float)
    for index, passage in enumerate(passages):
        if passage.region.hidden:
            continue
        expected = len(passage.text) * likely.get(index, 0.0)
        total += expected
        rule = passage.verdict
        if rule is not None and _may_mislead(rule) and is_prose(passage):
            taken[_unnumbered(rule)] += expected
    name, most = max(taken.items(), key=itemgetter(1), default=("", 0.0))
    return name if most >= MISLED * total > 0 else ""


def _may_mislead(rule: Rule) -> bool:
    # Comments and notices of consent read like text: those names are believed.
    policy = policy_of(rule.step)
    is_box = rule.name.startswith("box-") and not (policy.may_be_page or policy.is_wall)
    return rule == _TEASER or (is_box and not policy.asks_consent)


def _unnumbered(rule: Rule) -> str:
    """Return the name that the rules of numbered containers share."""
    return rule.name.translate(_DIGITS)


def named_bodies(regions: list[Region]) -> frozenset[int]:
    """Return the indices of the regions whose names say that they hold an article's text."""
    bodies: set[int] = set()
    for region in regions:
        is_within = region.parent is not None and region.parent.index in bodies
        if is_within or (region.names and _names_a_body(region.names)):
            bodies.add(region.index)
    return frozenset(bodies)


@lru_cache(maxsize=8192)
def _names_a_body(names: str) -> bool:
    return contains_any(names, _OF_A_BODY) and bool(_OF_THE_ARTICLE.search(names))


def _believed(rule: Rule | None, region: Region, body: Region) -> Rule | None:
    """Return a rule unless the container holds so much that it can well be the article.

    An overlay or a sidebar can hold more, as long as the text that was named or
    chosen is elsewhere.
    """
    # A shop's policy on privacy is longer than what it says of a shoe.
    if rule is None or (rule is DIALOG and body.prose - region.prose >= ENOUGH):
        return rule
    # A theme that calls the box of the whole page `newsletter-site` or `share-wrapper`.
    most = policy_of(rule.step).largest_container
    if rule.name.endswith("-element"):
        most = max(most, MOST_OF_A_FRAME)
    if region.prose <= most * body.prose:
        return rule
    # A notice of consent can be longer than the news behind it.
    names = f"{region.tag} {region.names}"
    is_beside = bool(_BESIDE_THE_ARTICLE.search(names)) and body.chosen > 0
    return rule if is_beside and region.chosen <= MOST_OF_CHOSEN * body.chosen else None


def _teasers(regions: list[Region]) -> frozenset[int]:
    """Return the regions that are teasers: many of one name, each with a link.

    Posts of a live blog and offers in a list link from within their sentences.
    """
    alike: dict[tuple[str, str], list[Region]] = {}
    for region in regions:
        if region.names and region.passages >= LEAST_OF_A_TEASER:
            alike.setdefault((region.tag, region.names), []).append(region)
    groups = (group for group in alike.values() if len(group) >= _least_teasers(group))
    return frozenset(
        region.index
        for group in groups
        if not _UNFOLDS.search(group[0].names) and _are_teasers(group)
        for region in group
    )


def _least_teasers(group: list[Region]) -> int:
    """Return how many boxes alike make teasers; fewer, if each is an `article` with its link."""
    are_articles = all(region.tag == "article" and region.headlines for region in group)
    return LEAST_ARTICLES if are_articles else LEAST_TEASERS


def _are_teasers(group: list[Region]) -> bool:
    # A post of a live blog is longer, and an item of a list of books has no link around its head.
    if any(region.characters > LONGEST_TEASER or region.linked < LEAST_LINKED for region in group):
        return False
    headed = sum(1 for region in group if region.headlines)
    characters = sum(region.characters for region in group)
    linked = sum(region.linked for region in group)
    return headed >= LEAST_HEADED * len(group) or linked > MOST_LINKS * characters


def container_rule(region: Region) -> Rule | None:
    """Return the rule that makes a region residue by its tag or names.

    The footer of a quotation names its source. A heading named `toc-1` is where a
    table of contents leads to.
    """
    is_source = region.parent is not None and region.parent.tag in {"blockquote", "figure"}
    rule = None if is_source else _BY_TAG.get(region.tag)
    names = region.names
    if names and region.tag in HEADINGS:
        names = _OF_CONTENTS.sub("", names)
    rule = rule or (_by_names(names) if names else None)
    is_said = rule is not None and rule.step != DIALOG.step  # such as a request for consent
    return DIALOG if not is_said and _is_dialog_of_site(region.names) else rule


@lru_cache(maxsize=8192)
def _by_names(names: str) -> Rule | None:
    if _names_a_body(names):
        return None
    known = ((number, name) for name in names.split() if (number := _family_of(name)) is not None)
    number, name = min(known, key=itemgetter(0), default=(0, ""))
    family = FAMILIES[number]
    return Rule(family.name, f"box-{name[:40]}", family.container_reason) if name else None


@lru_cache(maxsize=8192)
def _family_of(name: str) -> int | None:
    """Return the number of the first family that has a container of this name."""
    name = name.removeprefix(_OF_ANYTHING).lstrip("-") if name.startswith(_OF_ANYTHING) else name
    match = _container_patterns().fullmatch(name)
    return match.lastindex - 1 if match and match.lastindex else None


@cache
def _container_patterns() -> re.Pattern[str]:
    """Return the patterns of all families in their order as one, compiled once in a process."""
    patterns = (pattern_of([f.containers], f.pieces) if f.containers else "(?!)" for f in FAMILIES)
    whole = "|".join(f"({pattern})" for pattern in patterns)
    return re.compile(f"(?!has-|with-)(?:{whole})")  # what a box has is not what it is
