"""Marks that programs propose: they wait in the library until the user takes or dismisses them.

A proposal quotes words that are in the stored text exactly once, so no program can invent a
quotation. It is kept as the mark that it becomes when it is taken, with an id made of its article,
words and kind: the same proposal again is the same one, on every machine, and one that was
dismissed does not come back. Until then it is no mark: nothing lists, counts or exports it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from annotator.anchoring import describe_in
from annotator.anchoring.normalization import respelled
from annotator.errors import AnnotatorError, Conflict, InvalidInput, LibraryError
from annotator.model import Annotation, Article, ArticleRecord, Claim, Link, Span, tags
from annotator.model.claim import filled_fields
from annotator.model.identity import is_web_address, only_one
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.model.vocabulary import ClaimType, Confidence, Relation, Status
from annotator.store import PROPOSALS, Library, Section, ulid_digits
from annotator.usecases.articles.lookup import find_mark
from annotator.usecases.marks.annotate import clean_note, places_of, valid_kind
from annotator.usecases.marks.mark_edit import MarkEdit

MOST, MOST_OF_ARTICLE = 1_000, 50  # that wait; more are not read by anybody
MAX_NAME = 100  # characters of the name of a program
_MAX_ERROR = 200  # characters of what is wrong, which may name a field of a megabyte
_ID_DIGITS = 25  # after a zero, as in ULIDs of this century
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F))  # marks of direction
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_LETTER = (  # or digit, but of scripts whose words have no space between them
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_IN_WORD = re.compile(  # in “14,200” also before and behind the comma
    rf"(?<={_LETTER}){_LETTER}|(?<=\d)[.,]\d|(?<=\d[.,])\d|[{_JOINERS}\u0300-\u036f]|(?<=[{_JOINERS}])."
)

State = Literal["waiting", "known", "taken", "dismissed", "marked"]
Day = Annotated[str, Meta(max_length=10, description="YYYY-MM-DD, or a part of it.")]
Tag = Annotated[str, Meta(max_length=100)]
Line = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=2_000)]
Reason = Annotated[str, Meta(min_length=1, max_length=1_000)]
Quote = Annotated[str, Meta(min_length=1, max_length=4_000, description="Copied from the text.")]


class ProposedLink(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the passage is to another mark, by its id or address, or to a web page."""

    relation: Relation
    target: Text
    note: Line = ""


class ProposedMark(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mark to propose. The person decides about all of it, also about status and verdict."""

    quote: Quote
    reason: Reason
    kind: Tag = "claim"
    tags: Annotated[Sequence[Tag], Meta(max_length=20)] = ()
    note: Text = ""
    statement: Text = ""
    speaker: Line = ""
    said_on: Day = ""
    type: ClaimType | None = None
    status: Status | None = None
    confidence: Confidence | None = None
    verdict: Text = ""
    links: Annotated[Sequence[ProposedLink], Meta(max_length=10)] = ()


class ProposedMarks(Struct, frozen=True, forbid_unknown_fields=True):
    """Marks that a program proposes for the article that it was given."""

    proposals: Annotated[Sequence[ProposedMark], Meta(max_length=MOST_OF_ARTICLE)]


class Proposal(Struct, frozen=True):
    """A mark as it will be made, with the name of the program in `proposed`, and why."""

    mark: Annotation
    reason: str = ""


class PlacedProposal(Struct, frozen=True):
    """A proposal with its article, and its passage in the text as it is now.

    `remark` says how the text has changed since; without a `span` it cannot be taken.
    """

    proposal: Proposal
    record: ArticleRecord
    article: Article
    span: Span | None
    remark: str = ""

    @property
    def mark(self) -> Annotation:
        """The mark that it becomes."""
        return self.proposal.mark


class ProposalEdit(Struct, frozen=True, tag=True):
    """Proposals that were taken, with the marks that were made, or dismissed: a step for undo."""

    name: str
    proposals: Mapping[str, Proposal]
    marks: MarkEdit

    @property
    def article_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.mark.article_id for one in self.proposals.values()))

    @property
    def words(self) -> str:
        return next((one.mark.quote for one in self.proposals.values()), "")

    @property
    def size(self) -> int:
        return len(self.proposals)

    @property
    def extent(self) -> str:
        """The number with its noun: “2 proposals”."""
        return count(self.size, "proposal")

    @property
    def remark(self) -> str:
        return self.marks.remark

    @property
    def is_empty(self) -> bool:
        return not self.size

    def undo(self, library: Library, *, now: datetime) -> "ProposalEdit":
        """Delete the marks again, and let the proposals wait. Raises `Conflict` as marks do."""
        edit = self
        if self.marks.size:
            edit = self._with(self.marks.undo(library, now=now))
        library.catalog.put(_SECTION, edit.proposals, now=now)
        return edit

    def redo(self, library: Library, *, now: datetime) -> "ProposalEdit":
        """Take or dismiss them again. Raises `Conflict` if none of them waits any more."""
        known = _waiting(library)
        waits = {key: one for key, one in self.proposals.items() if key in known}
        if not waits:
            raise Conflict(
                "The proposals were left as they are: they were taken or dismissed elsewhere.",
                "Look at those that wait now.",
            )
        edit = replace(self, proposals=waits)
        if self.marks.size:
            marks = tuple(mark for mark in self.marks.after if mark.id in waits)
            edit = self._with(replace(self.marks, after=marks).redo(library, now=now))
        library.catalog.put(_SECTION, dict.fromkeys(edit.proposals), now=now)
        return edit

    def _with(self, marks: MarkEdit) -> "ProposalEdit":
        return ProposalEdit(self.name, {key: self.proposals[key] for key in marks.mark_ids}, marks)


_SECTION: Final = Section(PROPOSALS, Proposal)


def propose(
    library: Library,
    record: ArticleRecord,
    offered: ProposedMark,
    *,
    by: str,
    now: datetime,
    shows: Callable[[str], bool] = lambda _article_id: True,
) -> tuple[State, Annotation]:
    """Let a mark wait that the program `by` proposes, and return the mark, and what became of it.

    Its links lead only to marks of articles that `shows` names.

    It is `known` if it waits already, was taken or dismissed, or the passage is marked so. Raises
    `InvalidInput` with what to do for words that are not in the text exactly once, for a value
    that is refused, and if too many wait. No message has words of the article.
    """
    folder = library.article(record.id)
    article = folder.extraction().article
    span = only_place(article.text, offered.quote)
    mark = replace(
        _mark_of(library, article, span, offered, shows=shows),
        proposed=clean_line(by, limit=MAX_NAME) or "unknown program",
        created=now,
        modified=now,
    )
    waiting = _waiting(library)
    if mark.id in waiting:
        return "known", waiting[mark.id].mark
    for known in folder.annotations():
        if known.id == mark.id or (known.quote, known.kind) == (mark.quote, mark.kind):
            return "taken" if known.id == mark.id else "marked", known
    if mark.id in library.catalog.removed(_SECTION):
        return "dismissed", mark
    of_article = sum(other.mark.article_id == record.id for other in waiting.values())
    if of_article >= MOST_OF_ARTICLE or len(waiting) >= MOST:
        raise InvalidInput(
            f"No more than {MOST_OF_ARTICLE} proposals wait for an article, and {MOST:,} in all.",
            "Ask the user to look through them: annotator proposals.",
        )
    proposal = Proposal(mark, clean_line(offered.reason, limit=len(offered.reason)))
    library.catalog.put(_SECTION, {mark.id: proposal}, now=now)
    return "waiting", mark


def propose_printed(
    library: Library, record: ArticleRecord, printed: str, *, by: str, now: datetime
) -> str:
    """Propose what a command of the user printed, and return a sentence with what became of it.

    Raises `InvalidInput` if it is not as the schema `proposals` says.
    """
    try:
        offered = msgspec.json.decode(printed, type=ProposedMarks).proposals
    except (msgspec.DecodeError, RecursionError) as error:  # a wrong type is one too
        why = clean_line(str(error), limit=_MAX_ERROR)
        hint = "It prints what `annotator schema proposals` describes."
        raise InvalidInput(f"“{by}” did not print proposals: {why}.", hint) from error
    states, refused = Counter[str](), Counter[str]()
    for one in offered:
        try:
            states[propose(library, record, one, by=by, now=now)[0]] += 1
        except AnnotatorError as error:
            refused[error.message] += 1
    known = sum(states.values()) - states["waiting"]
    reasons = ", ".join(f"{why.rstrip('.')} ({number:,})" for why, number in refused.items())
    told = f"{count(states['waiting'], 'new proposal')} of “{by}”."
    told += f" {known:,} known already." if known else ""
    return told + (f" {refused.total():,} refused: {reasons}." if refused else "")


def only_place(text: str, quote: str) -> Span:
    """Return the only place of a quote, which may differ in spaces, quotation marks and dashes.

    Other than for people, capitals count. Raises `InvalidInput` for none or several, and for a
    quote that begins or ends inside of a word or number, without words of the text.
    """
    wanted = respelled(quote)
    places = [
        at for at in (places_of(text, quote) if wanted else ()) if respelled(at.of(text)) == wanted
    ]
    if not places:
        raise InvalidInput(
            "The quote is not in the stored text of the article.",
            "Copy it from the text letter by letter, without an ellipsis or a correction.",
        )
    if len(places) > 1:
        number = f"The quote is {len(places):,} times in the text."
        raise InvalidInput(number, "Quote more words around it, so that it is there once.")
    if any(_IN_WORD.match(text, at) for at in (places[0].start, places[0].end)):
        message = "The quote begins or ends inside of a word or number."
        raise InvalidInput(message, "Quote whole words.")
    return places[0]


def waiting(library: Library) -> list[PlacedProposal]:
    """Return what waits, in the order of articles and of their texts.

    What is of an article that is not there, or was taken meanwhile on another machine, is left out.
    """
    proposals = _waiting(library) if library.has_proposals else {}
    listed: list[PlacedProposal] = []
    by_article = sorted(
        proposals.values(), key=lambda one: (one.mark.article_id, one.mark.target.position.start)
    )
    for article_id, group in groupby(by_article, key=lambda one: one.mark.article_id):
        with suppress(LibraryError):
            folder = library.article(article_id)
            record, article = folder.record(), folder.extraction().article
            known = {mark.id for mark in folder.annotations()}
            listed += [
                PlacedProposal(one, record, article, *_place_now(article, one.mark))
                for one in group
                if one.mark.id not in known
            ]
    return listed


def number_waiting(library: Library) -> int:
    """Return how many proposals wait for articles that are there; none of these is read."""
    if not library.has_proposals:
        return 0
    articles = [proposal.mark.article_id for proposal in _waiting(library).values()]
    there = library.fingerprints(set(articles))
    return sum(article in there for article in articles)


def named(library: Library, ids: Sequence[str]) -> list[PlacedProposal]:
    """Return the proposals with these ids, or unique beginnings of them."""
    known = {one.mark.id: one for one in waiting(library)}
    hint = "`annotator proposals` lists those that wait."
    return [only_one(known, key, f"No proposal “{clean_line(key)}” waits.", hint) for key in ids]


def take(
    library: Library,
    wanted: Collection[PlacedProposal],
    claims: Mapping[str, Claim] = {},
    *,
    now: datetime,
) -> ProposalEdit:
    """Make marks of proposals, with other `claims` for some, as one step.

    Those whose words are not in the text exactly once are left. Raises `InvalidInput` if all are.
    """
    there = [(one, one.span) for one in wanted if one.span is not None]
    if not there:
        remark = next((one.remark for one in wanted), "Nothing is selected.")
        raise InvalidInput(remark, "Open the article, and mark the passage yourself.")
    marks = tuple(
        replace(
            one.mark,
            target=describe_in(one.article, span),
            claim=claims.get(one.mark.id, one.mark.claim),
            created=now,
            modified=now,
        )
        for one, span in there
    )
    proposals = {one.mark.id: one.proposal for one, _ in there}
    return ProposalEdit("Take", proposals, MarkEdit("Take", (), marks)).redo(library, now=now)


def dismiss(library: Library, wanted: Collection[PlacedProposal], *, now: datetime) -> ProposalEdit:
    """Let proposals wait no more, and not when they come again; return the step."""
    proposals = {one.mark.id: one.proposal for one in wanted}
    return ProposalEdit("Dismiss", proposals, MarkEdit("Dismiss")).redo(library, now=now)


def offered_words(mark: Annotation) -> str:
    """Return what is proposed beside the words: `claim · Status: disputed · #costs`."""
    fields = filled_fields(mark.claim, has_status=mark.status is not None)
    details = (f"{field.label}: {value}" for field, value in fields)
    links = count(len(mark.links), "link") if mark.links else ""
    names = (f"#{tag}" for tag in mark.tags)
    return " · ".join(filter(None, (mark.kind, *details, " ".join(names), links)))


def _waiting(library: Library) -> dict[str, Proposal]:
    return library.catalog.values(_SECTION)


def _place_now(article: Article, mark: Annotation) -> tuple[Span | None, str]:
    at = mark.target.position
    if article.revision == mark.target.revision and article.text[at.start : at.end] == mark.quote:
        return Span(at.start, at.end), ""
    try:
        return only_place(article.text, mark.quote), "The text has changed since."
    except InvalidInput as error:
        return None, f"The text has changed since. {error.message}"


def _mark_of(
    library: Library,
    article: Article,
    span: Span,
    offered: ProposedMark,
    *,
    shows: Callable[[str], bool],
) -> Annotation:
    target, kind = describe_in(article, span), valid_kind(offered.kind)
    words = " ".join(target.quote.exact.split())
    digest = sha256(f"{article.id}|{kind}|{words}".encode("utf-8", "replace")).digest()
    given = {
        name: value.translate(_TURNING) if isinstance(value, str) else value
        for name, value in asdict(offered).items()
    }
    values = {name: given[name] for name in Claim.__struct_fields__ if given[name]}
    return Annotation(
        id=f"0{ulid_digits(int.from_bytes(digest), _ID_DIGITS)}",
        article_id=article.id,
        target=target,
        kind=kind,
        tags=tags.normalise_all(offered.tags),
        note=clean_note(given["note"]),
        claim=Claim().with_values(values) if values else None,
        links=tuple(_link_of(library, link, shows) for link in offered.links),
    )


def _link_of(library: Library, link: ProposedLink, shows: Callable[[str], bool]) -> Link:
    target = clean_line(link.target)
    if not is_web_address(target):
        marked = None
        with suppress(AnnotatorError):  # whose message may name an article
            marked = find_mark(library, target)
        if marked is None or not shows(marked.article_id):
            hint = "Give its address as `search` does, or leave the link out."
            raise InvalidInput("A link leads to a mark that is not here.", hint)
        target = marked.id
    return Link(link.relation, target, clean_line(link.note))
