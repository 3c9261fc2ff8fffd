"""Hypothesis: marks as annotations of a group or of everybody, and the annotations of others.

Only the quote finds a passage again, since positions count in our cleaned text. The kind, the tags
and the status are tags there; note, statement, verdict, speaker and links are paragraphs of the
text, which are read again when somebody edits them. What only this program reads, such as the id
of the mark, is in a field of its own, which the service keeps. Only the address of the article is
sent: another beside it would join pages for everybody. Listings go by id, which no two share.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar, Final
from urllib.parse import quote

from msgspec.structs import replace

from annotator.errors import FetchError, ImportFailed, InvalidInput
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
from annotator.model.tags import normalise, normalise_all
from annotator.model.text import clean_line
from annotator.store.machine.publish_memory import Guest, SentItem
from annotator.usecases.importing.marks import merged_tags
from annotator.usecases.publishing.comments import tags_of
from annotator.usecases.publishing.publisher import Outgoing, Publisher, RemoteItem, Sendable
from annotator.usecases.service_session import Pace, ServiceSession

_OURS: Final = "annotator"  # the field of an annotation that only this program reads
_STATUS: Final = "status:"
_EVERYBODY: Final = "__world__"
_PAGE: Final = 200  # annotations; more are refused
_MOST_ROWS: Final = 200_000
_MOST_GUESTS: Final = 2_000  # of one article
_CONTEXT: Final = 200  # characters
_ID: Final = re.compile(r"[\w-]{1,64}", re.ASCII)
_MARK: Final = re.compile(r"[0-9a-z]{10,40}", re.ASCII)
_GAP: Final = "\n\n"
_BLANK_LINES: Final = re.compile(r"\n{2,}")
_FIELD: Final = re.compile(r"\*\*(Statement|Verdict|Speaker):\*\*\s*(.*)", re.DOTALL)
_RELATIONS: Final = "|".join(map(re.escape, (*RELATIONS.values(), *BACK_RELATIONS.values())))
_LINKS: Final = re.compile(rf"(?:(?:^|\n)(?:{_RELATIONS}) <https?://[^\s>]+>)+")
_IN_ADDRESSES: Final = ":/?#[]@!$&'()*+,;=%~"
_SECRET: Final = re.compile(  # in addresses that newsletters send to one reader
    r"[?&;][^=&]*(?:token|secret|passw|jwt|signature|api_?key|session)[^=&]*=.|\beyJ[\w-]{10,}\.",
    re.IGNORECASE,
)
_SERVERS: Final = {"https://api.hypothes.is": "https://hypothes.is"}  # where people look


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
        profile = (await session.ask("GET", "/profile")).object
        self._user, group = profile.text("userid"), self.account.group
        if not self._user:
            problem = f"{session.base} does not know the token."
            raise FetchError(problem, self.where_token_is)
        groups = {known.text("id"): known.text("name") for known in profile.objects("groups")}
        if group not in groups:
            names = clean_line(", ".join(f"{key} ({name})" for key, name in groups.items()))
            raise InvalidInput(
                f"You are not in the group {clean_line(group)}."
                if group
                else "Hypothesis needs a group.",
                f"Give --group, or group in the settings: {names}.",
            )

    def preview(self, body: Sendable) -> str:
        words, group = body["target"][0]["selector"][0]["exact"], self.account.group
        who = "Everybody" if group == _EVERYBODY else f"Everybody in the group {group}"
        tags = f"Tags: {', '.join(body['tags'])}"
        return f"“{words}”\n\n{body['text']}\n\n{tags}\n{who} can read it on {body['uri']}."

    def address_of(self, remote_id: str) -> str:
        server = (self.account.address or self.address).rstrip("/").removesuffix("/api")
        return f"{_SERVERS.get(server, server)}/a/{remote_id}"

    def items(self, article: CollectedArticle) -> Iterator[Outgoing]:
        if is_web_address(article.record.url):
            for placed in article.marks:
                mark = placed.annotation
                body = partial(self._body, article.record, mark)
                yield Outgoing(mark.id, mark.quote, body, mark)

    def _body(self, record: ArticleRecord, mark: Annotation, ids: Mapping[str, str]) -> Sendable:
        group, sent = self.account.group, self.account.fields
        claim = mark.claim if "claim" in sent else None
        facts = ("speaker", "said_on", "type", "confidence")
        ours = {name: value for name in facts if (value := getattr(claim, name, ""))}
        return {
            "uri": record.url,
            "document": {"title": [record.title or record.url]},
            "group": group,
            "permissions": {"read": [f"group:{group}"]},
            "target": [{"source": record.url, "selector": [quote_selector(mark)]}],
            "text": _GAP.join(self._paragraphs(mark, claim, ids)),
            "tags": tags_of(mark, sent),
            _OURS: {"mark": mark.id, **ours},
        }

    def _paragraphs(
        self, mark: Annotation, claim: Claim | None, ids: Mapping[str, str]
    ) -> Iterator[str]:
        if mark.note and "note" in self.account.fields:
            yield mark.note
        for name in ("statement", "verdict", "speaker"):
            if value := getattr(claim, name, ""):
                yield f"**{name.capitalize()}:** " + _BLANK_LINES.sub("\n", value)
        lines = []
        for link in mark.links if "links" in self.account.fields else ():
            target = self.address_of(ids[link.target]) if link.target in ids else link.target
            if is_web_address(target):
                words = relation_words(link.relation, is_back=link.is_reversed)
                lines.append(f"{words} <{quote(target, safe=_IN_ADDRESSES)}>")
        if lines:
            yield "\n".join(lines)

    async def create(
        self, session: ServiceSession, bodies: Sequence[Sendable]
    ) -> Sequence[RemoteItem | str]:
        return [
            "Its address has a token or a password, which others would read."
            if _SECRET.search(body["uri"])
            else _remote((await session.ask("POST", "/annotations", body=body)).object)
            for body in bodies
        ]

    async def update(self, session: ServiceSession, remote_id: str, body: Sendable) -> RemoteItem:
        changed = {name: value for name, value in body.items() if name != "group"}
        path = f"/annotations/{quote(remote_id, safe='')}"
        return _remote((await session.ask("PATCH", path, body=changed)).object)

    async def delete(self, session: ServiceSession, remote_id: str) -> None:
        await session.ask("DELETE", f"/annotations/{quote(remote_id, safe='')}")

    async def everything(self, session: ServiceSession) -> Mapping[str, RemoteItem]:
        ours: dict[str, RemoteItem] = {}
        for row in await self._rows(session, user=self._user):
            mark_id = row.object(_OURS).text("mark")
            if row.text("user") == self._user and _MARK.fullmatch(mark_id):
                ours.setdefault(mark_id, _remote(row))
        return ours

    def seen(self, sent: SentItem, remote: RemoteItem, body: Sendable) -> SentItem:
        mark, items = sent.mark, _cleaned([remote.value])
        if mark is None or not items:
            return sent
        there = (*items[0].highlights, ImportedHighlight(quote=""))[0]
        tags = (*there.tags, *items[0].tags)
        was_note, was_fields = _parts(sent.body.get("text", ""))
        note, fields = _parts(there.note)
        kept = [part for part in _split(mark.note) if part in note or part not in was_note]
        paragraphs = [*kept, *(part for part in note if part not in (*was_note, *kept))]
        is_order_theirs = sorted(paragraphs) == sorted(note)
        was_tags = normalise_all(sent.body.get("tags", ()))
        edited = replace(
            mark,
            note=mark.note
            if note == was_note
            else _GAP.join(note if is_order_theirs else paragraphs),
            tags=merged_tags(mark.tags, _plain(was_tags, mark), _plain(tags, mark)),
        )
        changes = [
            (name, fields.get(name, ""))
            for name in {**was_fields, **fields}
            if was_fields.get(name, "") != fields.get(name, "")
        ]
        known = {*was_tags, f"{_STATUS}{mark.status}"}
        gained = [tag for tag in tags if tag.startswith(_STATUS) and tag not in known]
        changes += [("status", tag.removeprefix(_STATUS)) for tag in gained]
        for name, value in changes:
            with suppress(InvalidInput):  # an unknown status
                claim = (edited.claim or Claim()).with_values({name: value})
                edited = replace(edited, claim=claim)
        text, labels = remote.value.text("text"), remote.value.texts("tags")
        return replace(sent, mark=edited, body={**body, "text": text, "tags": list(labels)})

    async def guests(self, session: ServiceSession, record: ArticleRecord) -> Sequence[Guest]:
        if _SECRET.search(record.url):
            return []
        rows = [
            row
            for row in await self._rows(session, uri=record.url, most=_MOST_GUESTS)
            if row.text("user") != self._user and not row.flag("hidden")
        ]
        by_id = {row.text("id"): row for row in rows}
        return [
            self._guest(highlight, by_id[highlight.source_id])
            for item in _cleaned(rows)
            for highlight in item.highlights
            if highlight.source_id in by_id
        ]

    def _guest(self, highlight: ImportedHighlight, row: JsonObject) -> Guest:
        name = row.text("user").removeprefix("acct:").partition("@")[0]
        return Guest(
            highlight.source_id,
            clean_line(row.object("user_info").text("display_name") or name, limit=80) or "?",
            highlight.quote,
            highlight.prefix[-_CONTEXT:],
            highlight.suffix[:_CONTEXT],
            highlight.note,
            highlight.tags,
            clean_line(row.text("created"), limit=40),
            self.address_of(highlight.source_id),
        )

    async def _rows(
        self, session: ServiceSession, *, most: int = _MOST_ROWS, **query: str
    ) -> list[JsonObject]:
        """Return all annotations of the group that match, each once."""
        rows: dict[str, JsonObject] = {}
        query |= {"group": self.account.group, "limit": f"{_PAGE}", "sort": "id", "order": "asc"}
        while len(rows) < most:
            answer = (await session.ask("GET", "/search", query=query)).object
            page = {row.text("id"): row for row in answer.objects("rows")}
            new = {key: row for key, row in page.items() if _ID.fullmatch(key) and key not in rows}
            if not new:  # the end, or a server that repeats itself
                break
            rows |= new
            query["search_after"] = [*new][-1]
        return list(rows.values())[:most]


def _remote(row: JsonObject) -> RemoteItem:
    if not _ID.fullmatch(row.text("id")):
        raise ImportFailed("The answer of Hypothesis has no annotation.", "Check the address.")
    return RemoteItem(row.text("id"), clean_line(row.text("updated"), limit=40), row)


def _cleaned(rows: Sequence[JsonObject]) -> list[ImportedItem]:
    """Return annotations with their texts sanitised, as an import has them."""
    source = SourceFile("Hypothesis", json.dumps({"rows": rows}).encode())
    pieces = map(cleaned, read_hypothesis(source) if rows else ())
    return [item for item in pieces if isinstance(item, ImportedItem)]


def _parts(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the paragraphs of a text that are a note, and the fields of a claim in the others."""
    note, fields = [], {}
    for paragraph in _split(text):
        if match := _FIELD.fullmatch(paragraph):
            fields[match[1].lower()] = match[2].strip()
        elif not _LINKS.fullmatch(paragraph):
            note.append(paragraph)
    return note, fields


def _split(text: str) -> list[str]:
    return [part for part in (part.strip("\n") for part in text.split(_GAP)) if part]


def _plain(tags: Sequence[str], mark: Annotation) -> list[str]:
    """Return the tags that are neither the kind of a mark nor a status."""
    kind = normalise(mark.kind)
    return [tag for tag in tags if tag != kind and not tag.startswith(_STATUS)]
