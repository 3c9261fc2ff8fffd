"""The title of an article, chosen from several and without the name of its site."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from annotator.extract.dom.elements import folded
from annotator.model.data_file import wordings

MAX_LENGTH = 300
_LEAST_LENGTH = 3
LEAST_WORDS = 3  # long ones, of a heading that is preferred to the title of the window
TWO = 2  # headings, the first of which may be the site's; titles that outvote a third
LEAST_ALIKE = 0.5  # share of the words of the shorter of two titles about the same
MOST_OF_SITE = 4  # words of a name of which at least
LEAST_OF_SITE = 0.6  # of the letters are in the address
_ALIKE = 0.85  # similarity above which two titles are the same one with a small edit
_PART_OF = 0.5  # share of a longer title that a heading must have to count as the same

_WORDINGS = wordings(__package__, "wordings.toml")
_SEPARATOR = re.compile(_WORDINGS["title-separator"])
# Endings of the names of sites that are rarely named elsewhere on their pages.
_CALLED_A_SITE = re.compile(_WORDINGS["called-a-site"])
_CUT_SHORT = re.compile(r"(?:\.\.\.|…)$")


def choose_title(candidates: Sequence[str], headings: Sequence[str], sites: Sequence[str]) -> str:
    """Return the title that page and metadata agree on, else the most trusted one.

    `candidates` are in the order of trust, `headings` are those of the page, and
    `sites` are possible names of the site.
    """
    headings, sites = _without_masthead(headings, candidates, sites)
    bare = [
        title for candidate in candidates if (title := without_site(candidate, sites, headings))
    ]
    # The tags of a live blog have the title of its last post; what the page shows decides.
    for heading in headings:
        if any(is_same(heading, title) for title in bare):
            return _without_kicker(heading, bare)
    if not bare:
        return headings[0] if headings else next(iter(filter(None, candidates)), "")
    if len(set(map(folded, bare))) == 1 and len(headings) == 1:
        # The only heading says about the same as the title that search engines are given.
        said, told = set(_words(headings[0])), set(_words(bare[0]))
        least = max(TWO, LEAST_ALIKE * min(len(said), len(told)))
        if len(said) >= LEAST_WORDS and len(said & told) >= least:
            return headings[0]
    # Tags cut long titles short: “How the river came into the…”.
    first = bare[0]
    return next((title for title in bare if _completes(title, first)), first)


def _without_masthead(
    headings: Sequence[str], candidates: Sequence[str], sites: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Return headings and sites, with a first heading that is the site's name moved to the sites.

    That is so if a title contains the first two headings.
    """
    if len(headings) < TWO:
        return headings, sites
    first, second = map(folded, headings[:TWO])
    names_both = any(first in folded(title) and second in folded(title) for title in candidates)
    if not first or not second or first in second or second in first or not names_both:
        return headings, sites
    return headings[1:], [*sites, headings[0]]


def _without_kicker(heading: str, titles: Sequence[str]) -> str:
    """Return a heading without the line above or below that two other titles leave out."""
    whole = folded(heading)
    shorter = [title for title in titles if folded(title) != whole]
    parts = [t for t in shorter if whole.endswith(folded(t)) or whole.startswith(folded(t))]
    same = [title for title in parts if folded(title) == folded(parts[0])]
    is_whole = any(folded(title) == whole for title in titles)
    return heading if is_whole or len(same) < TWO else same[0]


def without_site(title: str, sites: Sequence[str], headings: Sequence[str] = ()) -> str:
    """Return a title without the name of the site."""
    known = {folded(site) for site in sites} - {""}
    for site in filter(None, sites):
        title = title.removesuffix(f" on {site}")
    if folded(title) in known:
        return ""
    for heading in headings:
        is_begun = bool(folded(heading)) and folded(title).startswith(folded(heading))
        if is_begun and _SEPARATOR.search(title[len(heading) - 2 :]):
            return heading
    # "The flood | News | The Herald": parts at both ends, as long as they name the site.
    start, end = 0, len(title)
    cuts = [cut for cut in _SEPARATOR.finditer(title) if not _closes_quotation(cut)]
    whole = next((i for i, cut in enumerate(cuts) if folded(title[cut.end() :]) in known), None)
    if whole is not None:  # the site's name has separators itself
        end, cuts = cuts[whole].start(), cuts[:whole]
    while cuts:
        part = title[cuts[-1].end() : end]
        is_barred = "|" in cuts[-1].group() and fits_host(part, sites)
        if not (is_barred or _names_site(part, known) or _CALLED_A_SITE.fullmatch(part.strip())):
            break
        end = cuts.pop().start()
    while cuts and _names_site(title[start : cuts[0].start()], known):
        start = cuts.pop(0).end()
    return title[start:end].strip()


def is_same(one: str, other: str) -> bool:
    """Return whether two titles are the same except for case, punctuation and a small edit."""
    left, right = folded(one), folded(other)
    if not left or not right:
        return False
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if short in long and len(short) >= _PART_OF * len(long):
        return True
    if len(short) <= _ALIKE * len(long) * _ALIKE:
        return False
    matcher = SequenceMatcher(None, left, right)
    return matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE  # an upper bound first


def _closes_quotation(cut: re.Match[str]) -> bool:
    """Return whether what may be a separator is the end of a quotation: `«No comment»`."""
    before = cut.string[: cut.start()]
    return "»" in cut.group() and before.count("«") > before.count("»")


def _names_site(part: str, known: set[str]) -> bool:
    name = folded(part)
    return not name or any(_is_site(name, site) for site in known)


def fits_host(part: str, sites: Sequence[str]) -> bool:
    """Return whether most of some words are in an address: “Rust Blog”, of blog.rust-lang.org."""
    hosts = [folded(site) for site in sites if "." in site and " " not in site]
    words = [folded(word.removesuffix("'s").removesuffix("’s")) for word in part.split()]
    if not words or len(words) > MOST_OF_SITE:
        return False
    fitting = [w for w in words if len(w) >= _LEAST_LENGTH and any(w in host for host in hosts)]
    return sum(map(len, fitting)) >= LEAST_OF_SITE * sum(map(len, words))


def _is_site(name: str, site: str) -> bool:
    """Return whether a name is the site's: in full, shortened, or slightly longer."""
    if name == site:
        return True
    short, long = sorted((name, site), key=len)
    return len(short) >= _LEAST_LENGTH and long.startswith(short) and len(long) < len(short) * 2 + 6


def _words(text: str) -> list[str]:
    return [folded(word) for word in text.split() if len(folded(word)) > _LEAST_LENGTH]


def _completes(title: str, cut: str) -> bool:
    stem = _CUT_SHORT.sub("", cut).strip()
    begun = folded(stem)
    return stem != cut and folded(title) != begun and folded(title).startswith(begun)
