"""Zotero: an item for each article, our page of it, and its marks as highlights in that page.

The program on this computer (from version 10) and the web take the same bodies. The keys of all
things are made of ours, so that a second run, or another machine, finds what is there. What is
deleted here goes to the trash of Zotero, since others may have things in it.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from functools import partial
from typing import Any, ClassVar, Final
from urllib.parse import quote, urlencode

from annotator.errors import FetchError, ServerAnswered
from annotator.export.citation import Reference, reference_of
from annotator.export.collection import CollectedArticle, Depth
from annotator.export.filenames import file_stem
from annotator.export.html.snapshot import PlaceInPage, snapshot_of
from annotator.fetch import FetchOptions, fetch_answer
from annotator.importing.readers.json_values import JsonObject, objects_in
from annotator.model import Annotation, ArticleRecord
from annotator.model.data_file import toml_beside
from annotator.model.text import clean_line
from annotator.settings.settings import Account
from annotator.usecases.publishing.comments import comment_of, tags_of
from annotator.usecases.publishing.publisher import Outgoing, Publisher, RemoteItem, Sendable
from annotator.usecases.service_session import Pace, ServiceAnswer, ServiceSession, checked_token

_DATA: Final = toml_beside(__package__, "zotero.toml")
_OTHER_COLOUR: Final = "#aaaaaa"
_KEY_SIGNS: Final = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
_FIXED: Final = frozenset({"itemType", "parentItem", "linkMode", "key"})  # cannot be changed
_OF_ALL_TYPES: Final = frozenset({"title", "tags", "creators", "deleted"})
_NOT_SENT: Final = frozenset({"md5", "unplaced"})
_LEVELS: Final = {"attachment": 1, "annotation": 2}  # what others lie in comes first
_UNPLACED: Final = "Its words are not in the text, so it has no place there."
_KEPT: Final = 200  # bodies and articles; a batch needs half of that
_NONE: Final = JsonObject()
_TRIES: Final = 3
_MISSING, _CONFLICT, _NO_KEY, _DENIED = 404, 412, 401, 403
_LONGEST_TAG: Final = 255
_KEY_HEADER: Final = "Zotero-API-Key"
_FORM: Final = "application/x-www-form-urlencoded"


class Zotero(Publisher):
    """The program on this computer, which asks its user before something is written."""

    title: ClassVar[str] = "Zotero"
    address: ClassVar[str] = "http://127.0.0.1:23119/api"
    authorization: ClassVar[str] = ""
    batch: ClassVar[int] = 50
    reads: ClassVar[Depth] = "text"
    _user = "users/0"

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        # The digest of the page of each article, and the places of marks: made once in a run.
        self._pages: dict[str, tuple[str, Mapping[str, PlaceInPage]]] = {}
        self._batch: dict[str, Any] = {}  # bodies and articles by their keys
        self._headers: dict[str, str] = {}

    @property
    def _library(self) -> str:
        return f"/groups/{quote(self.account.group)}" if self.account.group else f"/{self._user}"

    def address_of(self, remote_id: str) -> str:
        where = f"groups/{self.account.group}" if self.account.group else "library"
        return f"zotero://select/{where}/items/{remote_id}"

    async def prepare(self, session: ServiceSession) -> None:
        """Look whether Zotero runs, lets itself be asked, and can be written to."""
        try:
            answer = await session.ask("GET", f"{self._library}/items", query={"limit": "1"})
        except ServerAnswered as error:
            if error.status != _DENIED:
                raise
            raise FetchError(
                "Zotero lets no other program in.",
                "In its settings, Advanced: “Allow other applications on this computer to "
                "communicate with Zotero”.",
            ) from error
        except FetchError as error:
            hint = "Does Zotero run on this computer? Version 10 or later is needed."
            raise FetchError(error.message, hint) from error
        self._headers["Zotero-Server-ID"] = answer.headers.get("zotero-server-id", "")
        if not self._headers["Zotero-Server-ID"]:
            raise FetchError("This Zotero can only be read.", "Version 10 or later is needed.")

    # What is sent

    def items(self, article: CollectedArticle) -> Iterator[Outgoing]:
        record, extraction = article.record, article.extraction
        if extraction is None:
            return
        text, page = extraction.article, f"{record.id}/snapshot"
        if record.id not in self._pages:
            made = snapshot_of(record, text, article.marks)
            digest = hashlib.md5(made.html.encode(), usedforsecurity=False).hexdigest()
            self._pages[record.id] = digest, made.places
        md5, places = self._pages[record.id]
        self._keep(f"file {key_of(page)}", (record, text))
        item, attachment = _item(record), _attachment(record, md5)
        yield Outgoing(f"{record.id}/item", record.title, partial(self._sendable, item))
        yield Outgoing(page, f"{record.title} (page)", partial(self._sendable, attachment))
        for placed in article.marks:
            mark = placed.annotation
            body = self._annotation(mark, places.get(mark.id), key_of(page))
            yield Outgoing(mark.id, mark.quote, partial(self._sendable, body), mark)

    def _sendable(self, body: Sendable, _ids: Mapping[str, str]) -> Sendable:
        self._keep(body["key"], body)
        return body

    def _keep(self, key: str, value: object) -> None:
        self._batch.pop(key, None)
        self._batch[key] = value
        if len(self._batch) > _KEPT:
            del self._batch[next(iter(self._batch))]

    def _annotation(self, mark: Annotation, place: PlaceInPage | None, parent: str) -> Sendable:
        sent = self.account.fields
        body = {"key": key_of(mark.id), "itemType": "annotation", "parentItem": parent}
        if place is None:
            return {**body, "unplaced": True}
        refined = {"type": "TextPositionSelector", "start": place.start, "end": place.end}
        selector = {"type": "CssSelector", "value": f"#{place.element}", "refinedBy": refined}
        return {
            **body,
            "annotationType": "highlight",
            "annotationText": mark.quote,
            "annotationComment": comment_of(mark, sent),
            "annotationColor": _DATA["colours"].get(mark.kind.casefold(), _OTHER_COLOUR),
            "annotationSortIndex": place.sort_index,
            "annotationPosition": json.dumps(selector, separators=(",", ":")),
            "tags": _tags(tags_of(mark, sent)),
        }

    # How it is sent

    async def find(self, session: ServiceSession, keys: Sequence[str]) -> Mapping[str, RemoteItem]:
        """Return those things that Zotero has already, also in its trash, as they are now."""
        wanted = {key_of(key): key for key in keys}
        query = {"itemKey": ",".join(wanted), "includeTrashed": "1", "limit": str(self.batch)}
        answer = await session.ask("GET", f"{self._library}/items", query=query)
        there = [key for row in objects_in(answer.value) if (key := row.text("key")) in wanted]
        bodies = {key: self._batch[key] | {"deleted": 0} for key in there}
        return {wanted[key]: await self.update(session, key, bodies[key]) for key in there}

    async def create(
        self, session: ServiceSession, bodies: Sequence[Sendable]
    ) -> Sequence[RemoteItem | str]:
        """Make things: items, then pages with their files, then highlights."""
        made: dict[str, RemoteItem | str] = {}
        for level in range(3):
            part = [body for body in bodies if _LEVELS.get(body["itemType"], 0) == level]
            part = [body for body in part if "unplaced" not in body]
            sent = [{**_sent(body), "version": 0} for body in part]
            answer = (await self._write(session, "POST", "", body=sent)).object if sent else _NONE
            for number, body in enumerate(part):
                there = answer.object("successful").object(str(number))
                if not there:
                    problem = answer.object("failed").object(str(number)).text("message")
                    made[body["key"]] = clean_line(f"Zotero says: {problem}", limit=200)
                    continue
                if "md5" in body:
                    await self._upload(session, body["key"], body["md5"], "")
                made[body["key"]] = RemoteItem(body["key"], there.text("version"))
        return [made.get(body["key"], _UNPLACED) for body in bodies]

    async def update(self, session: ServiceSession, remote_id: str, body: Sendable) -> RemoteItem:
        """Change a thing to what it is now; tags that it got there stay."""
        for _ in range(_TRIES):
            answer = await session.ask("GET", f"{self._library}/items/{remote_id}")
            there = answer.object.object("data")
            if there.flag("deleted") and "deleted" not in body:
                raise ServerAnswered("It is in the trash of Zotero.", status=_MISSING)
            changed = {name: body[name] for name in _sent(body) if name not in _FIXED}
            if there.text("itemType") != body.get("itemType"):  # which its user chose there
                changed = {name: changed[name] for name in changed if name in _OF_ALL_TYPES}
            if "tags" in changed:
                theirs = (tag.text("tag") for tag in there.objects("tags"))
                changed["tags"] = _tags([*(tag["tag"] for tag in changed["tags"]), *theirs])
            version = {"If-Unmodified-Since-Version": there.text("version")}
            try:
                answer = await self._write(
                    session, "PATCH", f"/{remote_id}", body=changed, headers=version
                )
            except ServerAnswered as error:
                if error.status != _CONFLICT:
                    raise
                continue  # it was changed there in between
            if "md5" in body and there.text("md5") != body["md5"]:
                await self._upload(session, remote_id, body["md5"], there.text("md5"))
            return RemoteItem(remote_id, answer.headers.get("last-modified-version", ""))
        raise FetchError("Zotero is changing the same things now.", "Try again in a moment.")

    async def delete(self, session: ServiceSession, remote_id: str) -> None:
        """Put a thing into the trash: others may have things in it."""
        await self.update(session, remote_id, {"deleted": 1})

    async def _upload(self, session: ServiceSession, key: str, md5: str, before: str) -> None:
        """Send the page of an article: announce it, send it where that says, and confirm it."""
        record, article = self._batch[f"file {key}"]
        data = snapshot_of(record, article, ()).html.encode()
        match = {"If-Match": before} if before else {"If-None-Match": "*"}
        headers, path = {"Content-Type": _FORM, **match}, f"/{key}/file"
        form = {"md5": md5, "filename": _file_name(record), "filesize": str(len(data))}
        form["mtime"] = str(int(record.modified.timestamp() * 1000))
        body = urlencode(form).encode()
        told = (await self._write(session, "POST", path, body=body, headers=headers)).object
        if told.flag("exists"):
            return
        url, kind = told.text("url"), clean_line(told.text("contentType"), limit=200)
        is_own, is_web = url.startswith(f"{session.base}/"), session.base.startswith("https://")
        if not is_own and not (is_web and url.startswith("https://")):
            raise FetchError("Zotero names no safe address for the page.", "Try again later.")
        content = told.text("prefix").encode() + data + told.text("suffix").encode()
        sent = {"Content-Type": kind or "text/html", **(self._headers if is_own else {})}
        # To no private network, unless Zotero itself is there.
        options = FetchOptions(linked_from="" if is_own else session.base)
        await fetch_answer(url, headers=sent, options=options, method="POST", content=content)
        body = urlencode({"upload": told.text("uploadKey")}).encode()
        await self._write(session, "POST", path, body=body, headers=headers)

    async def _write(
        self,
        session: ServiceSession,
        method: str,
        path: str,
        *,
        body: object,
        headers: Mapping[str, str] | None = None,
    ) -> ServiceAnswer:
        """Ask for a change; the user is asked for a key, which may be good for one change only."""
        token = {"Zotero-Write-Token": secrets.token_hex(16)} if method == "POST" else {}
        for _ in range(_TRIES):
            await self._authorize(session)
            sent = {**self._headers, **token, **(headers or {})}
            try:
                url = f"{self._library}/items{path}"
                return await session.ask(method, url, body=body, headers=sent)
            except ServerAnswered as error:
                if error.status != _NO_KEY or not self._headers.pop(_KEY_HEADER, ""):
                    raise
        raise FetchError(
            "Zotero wants a new permission for every change.", "Choose “Always allow” there."
        )

    async def _authorize(self, session: ServiceSession) -> None:
        if _KEY_HEADER in self._headers:
            return
        try:
            app, own = {"appName": "annotator"}, self._headers
            answer = await session.ask("POST", "/local/authorize", body=app, headers=own)
        except ServerAnswered as error:
            if error.status != _DENIED:
                raise
            raise FetchError("Zotero did not allow it.", "Nothing was written.") from error
        self._headers[_KEY_HEADER] = checked_token(answer.object.text("key"), "Zotero’s answer")


class ZoteroWeb(Zotero):
    """Zotero on the web, with a key that the user made there."""

    title: ClassVar[str] = "Zotero on the web"
    address: ClassVar[str] = "https://api.zotero.org"
    authorization: ClassVar[str] = "Bearer {token}"
    where: ClassVar[str] = "zotero.org/settings/keys"
    pace: ClassVar[Pace] = Pace(reads=0.1, writes=0.5)

    async def prepare(self, session: ServiceSession) -> None:
        """Look whose key it is."""
        self._headers["Zotero-API-Version"] = "3"
        key = (await session.ask("GET", "/keys/current", headers=self._headers)).object
        user = key.text("userID")
        if not user.isdecimal():
            raise FetchError("Zotero does not know the key.", self.where_token_is)
        self._user = f"users/{user}"

    async def _authorize(self, session: ServiceSession) -> None:
        """Do nothing: the key is in all requests."""


def key_of(key: str) -> str:
    """Return the key that a thing has in Zotero: eight of its signs, the same on all machines."""
    number = int.from_bytes(hashlib.sha256(f"annotator {key}".encode()).digest(), "big")
    base = len(_KEY_SIGNS)
    return "".join(_KEY_SIGNS[number // base**place % base] for place in range(8))


def _item(record: ArticleRecord) -> Sendable:
    reference = reference_of(record)
    kind, site = _DATA["types"][reference.type]
    values = {
        "title": record.title or record.url or "Untitled",
        "url": reference.url,
        site: reference.site,
        "date": "-".join(f"{part:02}" for part in reference.issued),
        "accessDate": f"{record.added.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "language": reference.language,
        "abstractNote": reference.abstract,
        "DOI": reference.doi,
    }
    return {
        "key": key_of(f"{record.id}/item"),
        "itemType": kind,
        **{name: value for name, value in values.items() if value},
        "creators": list(_creators(reference)),
        "tags": _tags(record.tags),
    }


def _creators(reference: Reference) -> Iterator[dict[str, str]]:
    for author in reference.authors:
        family = " ".join(filter(None, (author.particle, author.family)))
        given = ", ".join(filter(None, (author.given, author.suffix)))
        names = {"name": author.literal} if author.literal else {}
        yield {"creatorType": "author", **(names or {"firstName": given, "lastName": family})}


def _attachment(record: ArticleRecord, md5: str) -> Sendable:
    return {
        "key": key_of(f"{record.id}/snapshot"),
        "parentItem": key_of(f"{record.id}/item"),
        "url": reference_of(record).url,
        **_DATA["page"],
        "filename": _file_name(record),
        "md5": md5,
    }


def _file_name(record: ArticleRecord) -> str:
    return f"{file_stem(record.title)[:80].strip() or record.id}.html"


def _tags(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"tag": name[:_LONGEST_TAG]} for name in dict.fromkeys(names) if name]


def _sent(body: Sendable) -> Sendable:
    return {name: value for name, value in body.items() if name not in _NOT_SENT}
