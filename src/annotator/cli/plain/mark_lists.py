"""Lists of marks line by line, and what can be done to a mark in each of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from annotator.cli.output import console
from annotator.cli.output.forms.mark_text import in_quotes, known_facts
from annotator.cli.output.tables import facts_line
from annotator.cli.params import query_of
from annotator.cli.plain.lists import matching, tell_facts
from annotator.cli.plain.session import Item, PlainPlace, PlainRow, one_of
from annotator.diffing.words import in_short
from annotator.errors import AnnotatorError, InvalidInput
from annotator.model import CLAIM_FIELDS, Annotation, Claim
from annotator.model.claim import filled_fields
from annotator.model.labels import NOT_GROUPED, SIMILAR, long_date
from annotator.model.query import EVERYTHING
from annotator.model.text import clean_line
from annotator.registry import Registry
from annotator.store import Marked
from annotator.usecases.articles.changes import Reworded
from annotator.usecases.marks import evidence
from annotator.usecases.marks.claims import (
    GROUPINGS,
    ORDERS,
    Grouping,
    Order,
    list_marks,
    load_marks,
)
from annotator.usecases.marks.links import evidence_tree, remove_evidence, remove_place
from annotator.usecases.marks.proposals import PlacedProposal, waiting
from annotator.usecases.marks.reattach import Waiting, accept, articles_to_reattach, waiting_in

QUOTED: Final = 300  # characters of a passage in a list; about tells all of it

_ASKS = "Enter keeps what is there, - removes it, a dot ends."
_PARTS: Final = Registry[Callable[..., Any]](  # of wings
    {
        "review": "annotator.usecases.marks.daily:todays_round",
        "similar": "annotator.cli.commands.similar:similar_claims",
    }
)


def summary(mark: Annotation) -> str:
    """Return the kind of a mark, its status and speaker, its tags and its note."""
    status = mark.status if mark.status not in (None, "open") else ""
    speaker = mark.claim.speaker if mark.claim else ""
    note = f"note: {mark.note}" if mark.note else ""
    tags = (f"#{tag}" for tag in mark.tags)
    return ", ".join(filter(None, (mark.kind, status, speaker, *tags, note)))


class MarkedPlace(PlainPlace[Item]):
    """A place whose rows are marks, with the words for marks."""

    noun: Sequence[str] = ("mark",)

    def marked_row(self, marked: Marked, said: str = "", above: str = "") -> PlainRow:
        """Return the row of a mark, which opens its article there."""
        record, mark = marked
        said = said or f"{summary(mark)}; {quoted(mark.quote)}, {record.title or record.url}"
        return PlainRow(mark.id, said, record.id, mark.id, record.url, above)

    def _edit(self, rest: str, name: str = "") -> None:
        """Change a detail of marks, or ask for it; without its name, for all of one mark."""
        rows, rest = self.chosen(rest)
        mark = self.library.annotation(rows[0].key)
        if not name:
            name, _, rest = rest.partition(" ")
        details = details_of(mark, [kind.name for kind in self.context.settings.kinds])
        if name and name not in details:
            raise InvalidInput(f"Unknown detail “{name}”.", f"Choose one of: {', '.join(details)}.")
        typed = {name: rest.strip()} if rest.strip() else self._asked(details, name)
        if typed:
            options = (part for detail in typed.items() for part in _options(*detail))
            self.session.command("edit", *[row.key for row in rows], *options)

    def _asked(self, details: Mapping[str, tuple[str, str, str]], only: str) -> Mapping[str, str]:
        """Ask for details; return what was typed, nothing after Ctrl+C."""
        typed: dict[str, str] = {}
        if not only:
            console.echo(_ASKS)
        left = [only] if only else [*details]
        while left:
            label, value, hint = details[left[0]]
            answer = self.session.ask(f"{label}, now {value or 'none'}{hint and f' ({hint})'}: ")
            if answer is None and not self.session.is_over:
                typed = {}
            if answer in (None, "."):
                break
            try:
                self._check(left[0], answer)
            except AnnotatorError as error:
                console.complain(error)
                continue
            typed |= {left[0]: answer} if answer else {}
            left.pop(0)
        if not typed:
            console.echo("Nothing was changed.")
        return typed

    def _check(self, name: str, value: str) -> None:
        """Raise `InvalidInput` for a value that a detail cannot have."""
        if name == "kind" and value:
            self.context.kind(value)
        for field in CLAIM_FIELDS if value != "-" else ():
            if name in (field.key, "date" if field.is_date else ""):
                field.cleaned(value)

    def _about(self, rest: str) -> None:
        mark = self.library.annotation(self.one(rest)[0].key)
        record = self.library.article(mark.article_id).record()
        tell_facts(**{mark.kind.capitalize(): quoted(mark.quote, len(mark.quote) + 1)})
        fields = filled_fields(mark.claim, has_status=mark.status is not None)
        tell_facts(
            **{field.label: value for field, value in fields},
            Note=mark.note,
            Tags=", ".join(mark.tags),
            From=", ".join(filter(None, (record.title, record.url))),
            Made=long_date(mark.created.isoformat()) + f" by {mark.author}" * bool(mark.author),
            Id=mark.id,
        )
        self.session.command("links", mark.id)

    def _go(self, rest: str, name: str) -> None:
        self.session.go(name, self.one(rest)[0].key)


def quoted(words: str, limit: int = QUOTED) -> str:
    """Return words on one line, in quotation marks."""
    return in_quotes(clean_line(words, limit=limit))


def details_of(mark: Annotation, kinds: Sequence[str]) -> Mapping[str, tuple[str, str, str]]:
    """Return the details of a mark by their names: label, value, and what it can be."""
    claim, tags = mark.claim or Claim(), " ".join(f"#{tag}" for tag in mark.tags)
    return {
        "kind": ("Kind", mark.kind, ", ".join(kinds)),
        **{
            "date" if field.is_date else field.key: (
                field.label,
                field.of(claim),
                ", ".join(field.choices) or field.placeholder,
            )
            for field in CLAIM_FIELDS
        },
        "note": ("Note", mark.note, ""),
        "tag": ("Tags", tags, "- before a tag removes it"),
    }


def _options(name: str, value: str) -> Sequence[str]:
    """Return the options of the command that gives a detail a value."""
    if name == "tag":
        signs = {True: "--untag", False: "--tag"}
        return [part for tag in value.split() for part in (signs[tag[0] == "-"], tag.lstrip("-#"))]
    return f"--{name}", "" if value == "-" else value


class MarksPlace(MarkedPlace[tuple[int, str]]):
    """The marks of all articles: their numbers in the index, with the group that begins there."""

    name, title = "marks", "Marks"
    empty = "No mark is here."
    _grouping: Grouping = "article"
    orders = ORDERS

    def read(self) -> Sequence[tuple[int, str]]:
        listing = list_marks(
            self.library,
            query_of([self.typed]) if self.typed else EVERYTHING,
            grouping=self._grouping,
            order=cast("Order", self.order),
            is_reversed=self.is_reversed,
        )
        headings, at = {}, 0
        for group in listing.groups if self._grouping != "none" else ():
            headings[at] = group.label or NOT_GROUPED.get(self._grouping, "Others")
            at += group.count
        return [(number, headings.get(at, "")) for at, number in enumerate(listing.numbers)]

    def row(self, item: tuple[int, str]) -> PlainRow:
        for marked in load_marks(self.library, [item[0]]):
            mark = marked.annotation
            is_titled = self._grouping == "article"
            said = f"{summary(mark)}; {quoted(mark.quote)}" if is_titled else ""
            return self.marked_row(marked, said, item[1])
        return PlainRow("", "A mark that was deleted")

    def _group(self, rest: str) -> None:
        self._grouping = cast("Grouping", one_of(rest, GROUPINGS))
        self._list()


class ReviewPlace(MarkedPlace[Marked]):
    """Today's round of the daily review."""

    name, title = "review", "Daily review"
    empty = "No mark is due today. review more begins another round."

    def read(self) -> Sequence[Marked]:
        size, is_extra = self.context.settings.daily_marks, self.typed == "more"
        todays_round = _PARTS.load("review")
        todays = todays_round(self.library, now=self.context.now, size=size, is_extra=is_extra)
        return [daily.marked for daily in todays.marks]

    def row(self, item: Marked) -> PlainRow:
        return self.marked_row(item)


class EvidencePlace(MarkedPlace[evidence.Branch]):
    """The tree of what supports and opposes a claim, each row with its level."""

    name, title, noun = "evidence", "Evidence", ("row",)

    def read(self) -> Sequence[evidence.Branch]:
        tree = evidence_tree(self.library, self.library.annotation(self.typed))
        console.echo(evidence.summary(tree))
        return evidence.branches(tree)

    def row(self, item: evidence.Branch) -> PlainRow:
        node, marked = item.node, item.marked
        level = (len(item.stem) + 1) // 3
        sign = evidence.SAME_SIGN if item.place else evidence.SIGNS[node.role]
        title = node.page.title if node.page else ""
        facts = known_facts(marked) if marked else [title]
        facts += [f"note: {node.note}"] if node.note and not item.place else []
        words = quoted(marked.annotation.quote) if marked else node.address
        start = f"{'  ' * level}level {level}, {sign.lstrip('+−≡ ')} " if level else ""
        said = f"{start}{words}, {facts_line((*facts, evidence.ENDINGS[node.end]))}"
        if marked:
            return self.marked_row(marked, said)
        article_id = node.page.id if node.page and node.page.revision else ""
        return PlainRow(node.address, said, article_id, url=node.address)

    def _unlink(self, rest: str) -> None:
        """Remove the link by which a row is in the tree."""
        row, now = self.item(rest), self.context.now
        if row.above is None:
            raise InvalidInput("Nothing is above that row.", "Choose one below it.")
        self.session.record(
            remove_place(self.library, row.node.places, row.place.annotation, now=now)
            if row.place
            else remove_evidence(self.library, row.node, row.above, now=now)
        )
        console.echo("The link is removed.")


class SimilarPlace(MarkedPlace[Any]):
    """The claims of other articles that may say the same as one, or contradict it."""

    name, title = "similar", "Similar claims"
    empty = "Nothing similar in other articles, or all of it is linked already."
    is_open = False

    def read(self) -> Sequence[Any]:
        similar_claims = _PARTS.load("similar")
        return [*similar_claims(self.context, self.library.annotation(self.typed))]

    def row(self, item: Any) -> PlainRow:  # noqa: ANN401 - of a wing, which has its type
        words, facts = quoted(item.marked.annotation.quote), known_facts(item.marked)
        said = f"{SIMILAR[item.judgement]}: {words}, {facts_line((item.reason, *facts))}"
        return self.marked_row(item.marked, said)

    def _link_to(self, rest: str) -> None:
        row, relation = self.one(rest)
        relation = relation or self.item(rest).relation
        self.session.command("link", self.typed, relation, row.key)


class ReattachPlace(MarkedPlace[Waiting]):
    """The marks whose words have changed, or are not in the text any more: then and now."""

    name, title = "reattach", "Marks to reattach"
    empty = "All marks are on their words."

    def read(self) -> Sequence[Waiting]:
        lost: list[Waiting] = []
        for article_id in (self.typed,) if self.typed else articles_to_reattach(self.library):
            try:
                lost += waiting_in(self.library, article_id)
            except AnnotatorError as error:
                console.complain(error)
        return lost

    def row(self, item: Waiting) -> PlainRow:
        change, mark, record = item.change, item.annotation, item.record
        if isinstance(change, Reworded):
            now = f"Now: {quoted(change.now)} Changed: {in_short(change.changes)}"
        else:
            lost = "It is not in the text any more."
            now = f"Perhaps now: {quoted(change.guess)}" if change.guess else lost
        said = f"{mark.kind} in {record.title or record.url}. Then: {quoted(mark.quote)} {now}"
        return self.marked_row(Marked(record, mark), said)

    def _accept(self, rest: str) -> None:
        for row in self.chosen(rest)[0]:
            item = next(item for item in self.items if item.annotation.id == row.key)
            self.session.record(accept(self.library, item, now=self.context.now))
            console.echo(f"Accepted: {quoted(self.library.annotation(row.key).quote)}")

    def _move(self, rest: str) -> None:
        item = self.item(rest)
        offset = item.span.start if item.span else None
        self.session.go("article", item.record.id, item.annotation.id, offset)
        console.echo("Type move, the number of the mark in this article, and that of a sentence.")


class ProposalsPlace(MarkedPlace[PlacedProposal]):
    """The marks that programs propose."""

    name, title, noun = "proposals", "Proposals", ("proposal",)
    empty = "No proposals wait."

    def read(self) -> Sequence[PlacedProposal]:
        return matching(self, waiting(self.library))

    def row(self, item: PlacedProposal) -> PlainRow:
        title = item.record.title or item.record.url
        facts = (quoted(item.mark.quote), item.proposal.reason, item.remark, item.mark.proposed)
        said = f"{summary(item.mark)}; {facts_line((*facts, title))}"
        key, record = item.mark.id, item.record
        there = item.span.start if item.span else None
        return PlainRow(key, said, record.id, url=record.url, offset=there)
