"""Threads: the posts of a forum, each with its author, its date and a heading between them.

A post is found by its text: in the markup of a program for forums (`forums.toml`), or
in that of schema.org. Around the text, up to the next post, are who wrote it and when,
and all else that readers do not miss: ranks, buttons, signatures.

Comments below an article are marked up in the same way. So a page is a thread only if
its posts have most of its prose and there is no article above the first of them.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from pkgutil import get_data
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import Element, attribute, folded, names_of, tag_of, text_of
from annotator.extract.metadata.dates import first_date
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.json_ld import ARTICLE_TYPE
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.model.article import Block
from annotator.model.text import clean_line

MOST_ABOVE = 250  # characters of prose above the posts of a page that may be comments
LEAST_SHARE = 0.5  # of the page's prose in its posts
LEAST_POSTS = 2  # on a page that does not call itself a thread
MOST_LEVELS = 12  # from the text of a post to the element that has its author as well
MOST_ELEMENTS = 400  # of a post beside its text
LONGEST_NAME, LONGEST_DATE = 40, 60
LEVEL = 2  # of the heading of a post
LEAST_AGAIN = 40  # characters of a text that is a post's
LONGEST_QUOTED = 300  # characters of a paragraph of an earlier post that is shown again
CARD_LEVELS = 4
WITHIN = 8  # levels from the text of a post to the element that its program names

_BESIDE = Rule("thread", "beside-the-posts", "Beside the posts of the thread.")
_AGAIN = Rule("repeated", "same-post", "Stands in its own post as well.")
_QUOTED = Rule("repeated", "quoted-post", "Quotes an earlier post of the thread.")

_SCHEMA_POST = re.compile(r"/(?:Comment|Answer|Question|DiscussionForumPosting)$")
_SCHEMA_TEXT = frozenset({"text", "articleBody", "commentText"})
_FORUM_TYPES = frozenset({"DiscussionForumPosting", "QAPage", "Question"})
_AUTHOR_NAMES = re.compile(
    r"(?<![\w-])(?:\w+-)*(?:user-?name|author(?:-name)?|creator|poster|hnuser|nick-?name|"
    r"message-name|user-info-name|bigusername|display-name|user-details|author-pane-author|"
    r"author-link[\w-]*|author-login-link[\w-]*|"
    r"(?<!-)user)"
    r"(?![\w-])"
)
_AUTHOR_LINK = re.compile(
    r"(?:^|[/?&.])(?:users?|members?|profiles?|u|author|people)(?:[/=.-]|\.php)|/~|/@"
    r"|memberlist|action=profile"
)
_DATE_NAMES = re.compile(
    r"(?<![\w-])(?:\w+-)*(?:date|time|posted|age|published|timestamp|when|postdate)(?![\w-])"
)
_DATE_TEXT = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? "
    r"(?:19|20)\d\d|\d{1,2}\.? [^\W\d_]{3,12}\.?,? (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
)
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d\b")
_LEADING = re.compile(
    r"^(?:posted|written|asked|answered|by|on|started|via|re)\b[\s:]*", re.IGNORECASE
)
_JOINED = re.compile(
    r"\b(?:joined|member since|registered|last (?:edited|seen|active))\b", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"(?:posts?|joined|member|guest|reply|quote|share|report|like|author|profile|op|moderator|"
    r"admin(?:istrator)?|view profile|more|edited|\W*|#?\d+)(?: by)?",
    re.IGNORECASE,
)
# Lines that the program puts into the text of a post.
_INSERTED = re.compile(
    r"click to expand\W*|code: select all|select all|code:|last edited(?: by [^:]{1,40})?: .{1,60}|"
    r"\(?edited .{1,40}\)?|advertisement.{0,40}|attachments?|edit(?:ed)? by .{1,80}|"
    r"sign in to.{0,60}|reply|quote|share|report(?: post)?",
    re.IGNORECASE,
)


_CARD = re.compile(r"(?<!\S)(?:onebox|bb-code-block-unfurl|ips-embedded-other)(?!\S)")


class Post(NamedTuple):
    """A post: the region of its text, who wrote it and when, as the page says."""

    region: Region
    author: str
    date: str
    written: str  # the date in ISO 8601, empty if the page only says “two days ago”


class Thread(Struct):
    """The posts of a page, and the indices of the regions with their text."""

    posts: list[Post]
    regions: frozenset[int]
    headings: set[Passage] = set()

    def fill(self, facts: Facts) -> Facts:
        """Return the facts of a page with the author and the date of the first post."""
        first = self.posts[0]
        return replace(
            facts,
            byline=(first.author,) if first.author else facts.byline,
            published=first.written or facts.published,
        )


class _Program(NamedTuple):
    body: re.Pattern[str]
    within: re.Pattern[str] | None


@cache
def _programs() -> tuple[_Program, ...]:
    table = tomllib.loads((get_data(__package__ or "", "forums.toml") or b"").decode())
    return tuple(
        _Program(
            _names(entry["body"]),
            _names(entry["within"]) if "within" in entry else None,
        )
        for entry in table.values()
    )


def _names(pattern: str) -> re.Pattern[str]:
    """Return a pattern that finds a whole name among names with blanks between them."""
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


@lru_cache(maxsize=4096)
def _bodies_of(names: str) -> tuple[int, ...]:
    """Return the numbers of the programs that name the text of a post so."""
    if "signature" in names:
        return ()
    return tuple(n for n, program in enumerate(_programs()) if program.body.search(names))


def find_thread(draft: ArticleDraft, facts: Facts) -> Thread | None:
    """Return the posts of a page, None unless they are a thread.

    The passages of its posts get a heading before each post.
    """
    bodies, is_known = _find_bodies(draft.regions)
    is_said = bool(_FORUM_TYPES & facts.kinds) or any(map(_is_of_forum, bodies))
    if len(bodies) < (1 if is_said else LEAST_POSTS):
        return None
    within: dict[int, Region] = {}
    for region in draft.regions:
        parent = within.get(region.parent.index) if region.parent is not None else None
        if parent is not None or region in bodies:
            within[region.index] = parent or region
    may_be_article = not is_known and any(map(ARTICLE_TYPE.search, facts.kinds))
    if not _hold_the_text(draft, within, is_said=is_said) or (may_be_article and not is_said):
        return None
    full = {within[p.region.index] for p in draft.passages if p.region.index in within}
    posts = list(_posts([body for body in bodies if body in full]))
    # Lists of frequent questions name no authors.
    if 2 * sum(bool(post.author or post.date) for post in posts) < len(posts):
        return None
    thread = Thread(posts, frozenset(within))
    draft.is_thread = True
    draft.passages = list(_with_headings(draft.passages, thread, within))
    return thread


def keep_posts(draft: ArticleDraft, thread: Thread | None) -> None:
    """Keep the posts of a thread, and nothing else; of long quotations, those of other texts."""
    if thread is None:
        return
    posted = {
        folded(passage.text)
        for passage in draft.passages
        if passage.region.index in thread.regions and not passage.block.quote_depth
    }
    heading: Passage | None = None
    for passage in draft.passages:
        is_post = passage.region.index in thread.regions
        if passage in thread.headings:
            heading = passage
            passage.verdict = passage.verdict or _BESIDE  # until there is a text below
        elif passage.region.hidden:
            continue
        elif not is_post or _is_inserted(passage):
            is_again = len(passage.text) >= LEAST_AGAIN and folded(passage.text) in posted
            passage.verdict = _AGAIN if is_again else passage.verdict or _BESIDE
        else:
            is_quoted = passage.block.quote_depth and len(passage.text) >= LONGEST_QUOTED
            passage.verdict = _QUOTED if is_quoted and folded(passage.text) in posted else None
            if heading is not None:
                heading.verdict = None


def _is_inserted(passage: Passage) -> bool:
    """Return whether a line is the program's, or in a card about a linked page."""
    if _INSERTED.fullmatch(passage.text.strip()):
        return True
    boxes = islice(passage.region.chain(), CARD_LEVELS)
    return not passage.linked and any(_CARD.search(region.names) for region in boxes)


def _find_bodies(regions: Sequence[Region]) -> tuple[list[Region], bool]:
    """Return the regions with the texts of posts, and whether they are of a program for forums."""
    by_program: dict[int, list[Region]] = {}
    by_schema: list[Region] = []
    for region in regions:
        if region.hidden or not region.names or region.element is None:
            continue
        for number in _bodies_of(region.names):
            if _is_within(region, _programs()[number].within):
                by_program.setdefault(number, []).append(region)
        is_text = region.element.get("itemprop") in _SCHEMA_TEXT
        if is_text and _SCHEMA_POST.search(_schema_type(region.element)):
            by_schema.append(region)
    candidates = [outermost(by_program[number]) for number in sorted(by_program)]
    most = max(map(_length, candidates), default=0)
    # Other names may be those of boxes around the texts, with ranks and buttons.
    best = next((regions for regions in candidates if 2 * _length(regions) > most), [])
    marked = _alike(by_schema, regions)
    return (marked, False) if _length(marked) > _length(best) else (best, bool(best))


def _alike(bodies: list[Region], regions: Sequence[Region]) -> list[Region]:
    """Return the texts of posts, with those of the same class that have no mark, as the first."""
    known = {body.index for body in bodies}
    classes = {(body.tag, name) for body in bodies if (name := _class_of(body))}
    more = [
        region
        for region in regions
        if region.index in known or (region.tag, _class_of(region)) in classes
    ]
    return outermost(more if len(more) <= 2 * len(bodies) else bodies)


def _class_of(region: Region) -> str:
    if region.element is None or region.hidden:
        return ""
    return attribute(region.element, "class")


def outermost(regions: Iterable[Region]) -> list[Region]:
    """Return the regions that are in none of the others."""
    bodies: list[Region] = []
    inside: set[int] = set()
    for region in regions:
        if not any(outer.index in inside for outer in region.chain()):
            bodies.append(region)
            inside.add(region.index)
    return bodies


def _length(regions: list[Region]) -> int:
    return sum(region.characters for region in regions)


def _is_within(region: Region, names: re.Pattern[str] | None) -> bool:
    return names is None or any(
        outer.names and names.search(outer.names) for outer in islice(region.chain(), 1, WITHIN)
    )


def _schema_type(element: Element) -> str:
    around = (e for e in element.iterancestors() if e.get("itemscope") is not None)
    holder = next(around, None)
    return "" if holder is None else attribute(holder, "itemtype")


def _is_of_forum(region: Region) -> bool:
    if region.element is None:
        return False
    types = (attribute(e, "itemtype") for e in region.element.iterancestors())
    return any(kind.rpartition("/")[2] in _FORUM_TYPES for kind in types)


def _hold_the_text(draft: ArticleDraft, within: dict[int, Region], *, is_said: bool) -> bool:
    """Return whether posts have the text of their page, which may say that it is a thread."""
    above = posted = beside = 0
    for passage in draft.passages:
        if passage.region.hidden or not is_prose(passage):
            continue
        if passage.region.index in within:
            posted += len(passage.text)
        elif not posted:
            above += len(passage.text)
        else:
            beside += len(passage.text)
    if is_said:
        return posted >= LEAST_SHARE * above
    return above <= MOST_ABOVE and posted >= LEAST_SHARE * (above + posted + beside)


def _posts(bodies: list[Region]) -> Iterator[Post]:
    elements = [body.element for body in bodies if body.element is not None]
    counts = Counter(around for element in elements for around in element.iterancestors())
    for body in bodies:
        if body.element is None:
            continue
        holder = body.element
        for around in islice(body.element.iterancestors(), MOST_LEVELS):
            if counts[around] > 1 or tag_of(around) in {"body", "main"}:
                break
            holder = around
        yield _post(body, holder)


def _post(body: Region, holder: Element) -> Post:
    beside = list(_beside(holder, body.element))
    # The row above has them in some tables.
    row = holder.getprevious()
    author = _author(beside) or (_author(list(_beside(row, None))) if row is not None else "")
    date, written = _date(beside)
    if not date and row is not None:
        date, written = _date(list(_beside(row, None)))
    return Post(body, author, date, written)


def _beside(holder: Element, body: Element | None) -> Iterator[Element]:
    """Yield the elements of a post that are not in its text."""
    skipped: set[Element] = set()
    for element in islice(holder.iter(), MOST_ELEMENTS * 5):
        parent = element.getparent()
        if element is body or (parent is not None and parent in skipped):
            skipped.add(element)
        elif tag_of(element):
            yield element


def _author(beside: list[Element]) -> str:
    for element in beside:
        for name in ("data-author", "data-username", "author"):
            if value := _name(attribute(element, name)):
                return value
    for element in beside:
        if element.get("itemprop") == "author":
            own = next((e for e in element.iter() if e.get("itemprop") == "name"), element)
            if value := _name(attribute(own, "content") or text_of(own, LONGEST_NAME)):
                return value
    for element in beside:
        if _AUTHOR_NAMES.search(names_of(element)) and (value := _name(_first_line(element))):
            return value
    links = (e for e in beside if tag_of(e) == "a")
    linked = [e for e in links if _AUTHOR_LINK.search(attribute(e, "href"))]
    terms = [e for e in beside if tag_of(e) == "dt"][:1]  # the first of a list about the author
    said = (_name(text_of(e, LONGEST_NAME)) for e in (*linked, *terms))
    return next(filter(None, said), "")


def _first_line(element: Element) -> str:
    """Return the first text in an element that may be a name, such as that of its link."""
    whole = text_of(element, LONGEST_NAME)
    if len(whole) <= LONGEST_NAME:
        links = (text_of(e, LONGEST_NAME) for e in element.iter("a"))
        return next(filter(_name, links), whole)
    return next(filter(_name, (text_of(e, LONGEST_NAME) for e in element.iter("a", "b"))), "")


def _name(text: str) -> str:
    line = _LEADING.sub("", clean_line(text)).strip(" ,:·•|")
    is_short = 0 < len(line) <= LONGEST_NAME and "://" not in line
    is_name = is_short and not _NO_NAME.fullmatch(line)
    return line if is_name else ""


def _date(beside: list[Element]) -> tuple[str, str]:
    """Return the date of a post as it is shown, and in ISO 8601."""
    times = [e for e in beside if tag_of(e) in {"time", "relative-time"}]
    marked = [e for e in beside if e.get("itemprop") in {"datePublished", "dateCreated"}]
    named = [e for e in beside if _DATE_NAMES.search(names_of(e))]
    for element in [*marked, *times, *named]:
        shown = clean_line(text_of(element, LONGEST_DATE * 2))
        said = [attribute(element, name) for name in ("datetime", "content", "title")]
        inner = element.find(".//time") if tag_of(element) != "time" else None
        if inner is not None:
            said.append(attribute(inner, "datetime"))
        if _JOINED.search(shown):
            continue
        written = first_date([*said, shown])
        if len(shown) <= LONGEST_DATE and _YEAR.search(shown):
            return _LEADING.sub("", shown).strip(" ,:·•|»«"), written
        if written:
            return written[:10], written
    for element in beside:
        around = element.getparent()
        for piece, holder in ((element.text, element), (element.tail, around)):
            line = clean_line(piece or "")
            if len(line) > LONGEST_DATE or not _DATE_TEXT.search(line) or holder is None:
                continue
            if not _JOINED.search(text_of(holder, LONGEST_DATE * 2)):
                return _LEADING.sub("", line).strip(" ,:·•|»«"), first_date([line])
    return "", ""


def _with_headings(
    passages: list[Passage], thread: Thread, within: dict[int, Region]
) -> Iterator[Passage]:
    """Yield the passages with a heading before each post."""
    by_region = {post.region.index: post for post in thread.posts}
    for passage in passages:
        body = within.get(passage.region.index)
        post = by_region.pop(body.index, None) if body is not None else None
        if post is not None and (line := ", ".join(filter(None, (post.author, post.date)))):
            heading = Passage(Block("heading", line, level=LEVEL), post.region)
            thread.headings.add(heading)
            yield heading
        yield passage
