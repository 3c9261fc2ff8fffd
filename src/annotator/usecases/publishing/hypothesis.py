"""Hypothesis: marks as annotations of a group or of everybody, and the annotations of others.

Only the quote finds a passage again, since positions count in our cleaned text. The kind, the tags
and the status are tags there; note, statement, verdict, speaker and links are paragraphs of the
text, which are read again when somebody edits them there. What only this program reads, such as
the id of the mark, is in a field of its own, which the service keeps.

Only the address that the article has here is sent: whatever is sent beside it would join pages
for everybody. Listings go by id, the only field of which no two annotations have the same value.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final
from urllib.parse import quote

from msgspec.structs import replace

from annotator.errors import FetchError, ImportFailed, InvalidInput, ServerAnswered
from annotator.export.collection import CollectedArticle
from annotator.export.collections.web_annotation import quote_selector
from annotator.importing.formats.w3c import read_hypothesis
from annotator.importing.item import ImportedHighlight, ImportedItem
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.sanitise import cleaned
from annotator.importing.source import SourceFile
from annotator.model import Annotation, ArticleRecord, Claim
from annotator.model.identity import is_web_address
from annotator.model.labels import BACK_RELATIONS, RELATIONS, relation_words
from annotator.model.tags import key as tag_key
from annotator.model.tags import normalise, normalise_all
from annotator.model.text import clean_line
from annotator.store.machine.publish_memory import Guest, SentItem
from annotator.usecases.articles.tagging import with_tags
from annotator.usecases.publishing.publisher import Outgoing, Publisher, RemoteItem, Sendable
from annotator.usecases.service_session import Pace, ServiceSession

_OURS: Final = "annotator"  # the field of an annotation that only this program reads
_STATUS: Final = "status:"
_PAGE: Final = 200  # annotations; more are refused
_MOST_PAGES: Final = 1_000
_MOST_GUESTS: Final = 2_000  # of one article
_ID: Final = re.compile(r"[\w-]{1,64}", re.ASCII)
_MARK: Final = re.compile(r"[0-9a-z]{10,40}", re.ASCII)
_GAP: Final = "\n\n"
_LINE: Final = "\n"
_BLANK_LINES: Final = re.compile(r"\n{2,}")
_FIELD: Final = re.compile(r"\*\*(Statement|Verdict|Speaker):\*\*\s*(.*)", re.DOTALL)
_RELATIONS: Final = "|".join(map(re.escape, (*RELATIONS.values(), *BACK_RELATIONS.values())))
_LINKS: Final = re.compile(rf"(?:(?:^|\n)(?:{_RELATIONS}) <https?://[^\s>]+>)+")
_PUBLIC: Final = "https://hypothes.is"


class Hypothesis(Publisher):
    """An account with Hypothesis, or with a server of one's own that runs its software."""

    title: ClassVar[str] = "Hypothesis"
    address: ClassVar[str] = "https://api.hypothes.is/api"
    where: ClassVar[str] = "hypothes.is/account/developer"
    pace: ClassVar[Pace] = Pace(reads=0.27, writes=0.27)  # its servers allow four a second
    settle: ClassVar[float] = 10.0  # its index is some seconds behind
    is_two_way: ClassVar[bool] = True
    _user = ""

    async def prepare(self, session: ServiceSession) -> None:
        """Look whose token it is, and whether it may write to the group."""
        profile = (await session.ask("GET", "/profile")).object
        self._user = profile.text("userid")
        if not self._user:
            raise FetchError(
                f"{session.base} does not know the token.", f"You find it at {self.where}."
            )
        groups = {group.text("id"): group.text("name") for group in profile.objects("groups")}
        if self.account.group not in groups:
            names = (f"{key} ({clean_line(groups[key], limit=40)})" for key in groups)
            raise InvalidInput(
                "Say which group the marks go to."
                if not self.account.group
                else f"You are not in the group {clean_line(self.account.group)}.",
                f"Give --group, or group in the settings: {clean_line(', '.join(names))}.",
            )

    def address_of(self, remote_id: str) -> str:
        """Return the address at which an annotation leads to its page."""
        own = (self.account.address or self.address).rstrip("/").removesuffix("/api")
        return f"{_PUBLIC if own == _PUBLIC.replace('//', '//api.') else own}/a/{remote_id}"

    def items(self, article: CollectedArticle) -> Iterator[Outgoing]:
        """Yield the marks of a page of the web."""
        if is_web_address(article.record.url):
            for placed in article.marks:
                mark = placed.annotation
                yield Outgoing(mark.id, mark.quote, self._body_of(article.record, mark), mark)

    def _body_of(self, record: ArticleRecord, mark: Annotation) -> Any:  # noqa: ANN401 - see below
        """Return what makes the body of a mark when the ids of others are known."""

        def body(ids: Mapping[str, str]) -> Sendable:
            group, sent = self.account.group, self.account.fields
            claim = mark.claim if "claim" in sent else None
            facts = {"speaker": claim.speaker, "said-on": claim.said_on} if claim else {}
            if claim:
                facts |= {"type": claim.type or "", "confidence": claim.confidence or ""}
            tags = [*(mark.tags if "tags" in sent else ()), mark.kind]
            status = [f"{_STATUS}{mark.status}"] if mark.status and "claim" in sent else []
            return {
                "uri": record.url,
                "document": {"title": [record.title or record.url]},
                "group": group,
                "permissions": {"read": [f"group:{group}"]},
                "target": [{"source": record.url, "selector": [quote_selector(mark)]}],
                "text": _GAP.join(self._paragraphs(mark, claim, ids)),
                "tags": list(dict.fromkeys((*tags, *status))),
                _OURS: {"mark": mark.id, **{name: fact for name, fact in facts.items() if fact}},
            }

        return body

    def _paragraphs(
        self, mark: Annotation, claim: Claim | None, ids: Mapping[str, str]
    ) -> Iterator[str]:
        if mark.note and "note" in self.account.fields:
            yield mark.note
        for name in ("statement", "verdict", "speaker"):
            if value := getattr(claim, name, ""):
                yield f"**{name.capitalize()}:** {_BLANK_LINES.sub(_LINE, value)}"
        lines = []
        for link in mark.links if "links" in self.account.fields else ():
            target = self.address_of(ids[link.target]) if link.target in ids else link.target
            if is_web_address(target):
                address = quote(target, safe=":/?#[]@!$&'()*+,;=%~")
                words = relation_words(link.relation, is_back=link.is_reversed)
                lines.append(f"{words} <{address}>")
        if lines:
            yield "\n".join(lines)

    async def create(
        self, session: ServiceSession, bodies: Sequence[Sendable]
    ) -> Sequence[RemoteItem | str]:
        """Make annotations."""
        made: list[RemoteItem | str] = []
        for body in bodies:
            try:
                answer = await session.ask("POST", "/annotations", body=body)
            except ServerAnswered as error:
                if error.status not in {400, 413, 422}:
                    raise
                made.append(f"{error.message} {error.hint}")
            else:
                made.append(_remote(answer.object))
        return made

    async def update(
        self, session: ServiceSession, remote_id: str, body: Sendable
    ) -> RemoteItem | None:
        """Change an annotation."""
        changed = {name: value for name, value in body.items() if name != "group"}
        try:
            return _remote((await session.ask("PATCH", _path(remote_id), body=changed)).object)
        except ServerAnswered as error:
            if error.status != _MISSING:
                raise
            return None

    async def delete(self, session: ServiceSession, remote_id: str) -> None:
        """Delete an annotation."""
        try:
            await session.ask("DELETE", _path(remote_id))
        except ServerAnswered as error:
            if error.status != _MISSING:
                raise

    async def everything(self, session: ServiceSession) -> Mapping[str, RemoteItem]:
        """Return the annotations of the user in the group that bear the id of a mark."""
        ours: dict[str, RemoteItem] = {}
        for row in await self._rows(session, user=self._user):
            mark_id = row.object(_OURS).text("mark")
            if row.text("user") == self._user and _MARK.fullmatch(mark_id):
                ours.setdefault(mark_id, _remote(row))
        return ours

    def seen(self, sent: SentItem, remote: RemoteItem, body: Sendable) -> SentItem:
        """Return what was sent as it is there now, with the edits to its text and its tags."""
        mark, item = sent.mark, _cleaned(remote.value)
        if mark is None or item is None:
            return sent
        there = item.highlights[0] if item.highlights else ImportedHighlight(quote="")
        text, tags = there.note, (*there.tags, *item.tags)
        was_note, was_fields = _parts(sent.body.get("text", ""))
        note, fields = _parts(text)
        paragraphs = _paragraphs(mark.note)
        kept = [part for part in paragraphs if part in note or part not in was_note]
        paragraphs = [*kept, *(part for part in note if part not in (*was_note, *kept))]
        if sorted(paragraphs) == sorted(note):
            paragraphs = note  # in the order that they have there
        changes = {
            name: fields.get(name, "")
            for name in {**was_fields, **fields}
            if was_fields.get(name, "") != fields.get(name, "")
        }
        before, after = (
            {tag_key(tag): tag for tag in normalise_all(part)}
            for part in (sent.body.get("tags", ()), tags)
        )
        gained = [tag for key, tag in after.items() if key not in before]
        statuses = [tag.removeprefix(_STATUS) for tag in gained if tag.startswith(_STATUS)]
        lost = [tag for key, tag in before.items() if key not in after]
        own = {tag_key(normalise(mark.kind)), tag_key(_STATUS)}
        edited = replace(
            mark,
            note=mark.note if note == was_note else _GAP.join(paragraphs),
            tags=with_tags(
                mark.tags,
                add=[tag for tag in gained if _plain(tag) not in own],
                remove=[tag for tag in lost if _plain(tag) not in own],
            ),
        )
        for name, value in (
            *changes.items(),
            *(("status", status) for status in statuses if status != mark.status),
        ):
            try:
                claim = (edited.claim or Claim()).with_values({name: value})
            except InvalidInput:  # a status that nobody knows
                continue
            edited = replace(edited, claim=claim)
        there_now = {**body, "text": remote.value.text("text"), "tags": _tags_of(remote.value)}
        return replace(sent, mark=edited, body=there_now)

    async def guests(self, session: ServiceSession, record: ArticleRecord) -> Sequence[Guest]:
        """Return the annotations of others on the page, with the answers to them."""
        rows = [
            row
            for row in await self._rows(session, uri=record.url, most=_MOST_GUESTS)
            if row.text("user") != self._user and not row.flag("hidden")
        ]
        if not rows:
            return ()
        by_id = {row.text("id"): row for row in rows}
        source = SourceFile("Hypothesis", json.dumps({"rows": rows}).encode())
        guests = []
        for piece in read_hypothesis(source):
            item = cleaned(piece)
            for highlight in item.highlights if isinstance(item, ImportedItem) else ():
                row = by_id.get(highlight.source_id, JsonObject())
                if _ID.fullmatch(highlight.source_id):
                    guests.append(self._guest(highlight, row))
        return guests

    def _guest(self, highlight: ImportedHighlight, row: JsonObject) -> Guest:
        name = row.text("user").removeprefix("acct:").partition("@")[0]
        return Guest(
            highlight.source_id,
            clean_line(row.object("user_info").text("display_name") or name, limit=80) or "?",
            highlight.quote,
            highlight.prefix[-_PAGE:],
            highlight.suffix[:_PAGE],
            highlight.note,
            highlight.tags,
            clean_line(row.text("created"), limit=40),
            self.address_of(highlight.source_id),
        )

    async def _rows(
        self, session: ServiceSession, *, most: int = _PAGE * _MOST_PAGES, **query: str
    ) -> list[JsonObject]:
        """Return all annotations of the group that match, each once."""
        rows: dict[str, JsonObject] = {}
        usual = {"group": self.account.group, "limit": str(_PAGE), "sort": "id", "order": "asc"}
        after: dict[str, str] = {}
        while len(rows) < most:
            answer = await session.ask("GET", "/search", query={**usual, **query, **after})
            page = answer.object.objects("rows")
            new = {row.text("id"): row for row in page if _ID.fullmatch(row.text("id"))}
            if not new.keys() - rows.keys():  # the end, or a server that repeats itself
                break
            rows |= new
            after = {"search_after": list(new)[-1]}
        return list(rows.values())[:most]


_MISSING: Final = 404


def _path(remote_id: str) -> str:
    return f"/annotations/{quote(remote_id, safe='')}"


def _remote(row: JsonObject) -> RemoteItem:
    if not _ID.fullmatch(row.text("id")):
        raise ImportFailed("The answer of Hypothesis has no annotation.", "Check the address.")
    return RemoteItem(row.text("id"), clean_line(row.text("updated"), limit=40), row)


def _cleaned(row: JsonObject) -> ImportedItem | None:
    """Return an annotation with its texts sanitised, as an import has it."""
    source = SourceFile("Hypothesis", json.dumps({"rows": [row]}).encode())
    items = [cleaned(piece) for piece in read_hypothesis(source)]
    return next((item for item in items if isinstance(item, ImportedItem)), None)


def _parts(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the paragraphs of a text that are a note, and the fields of a claim in the others."""
    note, fields = [], {}
    for paragraph in _paragraphs(text):
        if match := _FIELD.fullmatch(paragraph):
            fields[match[1].lower()] = match[2].strip()
        elif not _LINKS.fullmatch(paragraph):
            note.append(paragraph)
    return note, fields


def _paragraphs(text: str) -> list[str]:
    return [part for part in (part.strip(_LINE) for part in text.split(_GAP)) if part]


def _plain(tag: str) -> str:
    """Return what tells the tags of the kind and the status from those of the user."""
    return tag_key(_STATUS if tag.startswith(_STATUS) else tag)


def _tags_of(row: JsonObject) -> list[str]:
    tags = row.get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
