"""Sending what was marked to an account, taking in what was edited there, and undoing a run.

A run can be killed anywhere and repeated. A thing is remembered as begun before it is sent, and
the service is asked for what was begun before it is sent once more. What a two-way service has is
compared with what it had last: that is the base of a merge, field by field, with the mark as it
is here now, by the same rules as between two machines. Nothing that only one side has is lost.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import LibraryError, NotInLibrary
from annotator.export.exporters import Exporter
from annotator.model import Annotation
from annotator.model.identity import is_web_address
from annotator.model.text import clean_line
from annotator.store import Library, questions
from annotator.store.format.mark_edits import merge_marks, with_edits
from annotator.store.machine.publish_memory import PublishMemory, SentItem
from annotator.usecases.exporting.export_collection import CollectionExport
from annotator.usecases.marks.mark_edit import MarkEdit, edit_marks
from annotator.usecases.publishing.accounts import name_of
from annotator.usecases.publishing.publisher import Outgoing, Publisher, RemoteItem, Sendable
from annotator.usecases.queries.selection import choose_articles
from annotator.usecases.service_session import ServiceSession

Action = Literal["create", "update", "delete", "merge", "gone", "refused", "stays", "guest"]
MOST_LABEL = 80  # characters


class PublishLine(Struct, frozen=True):
    """What was done, or would be, with one thing: `label` and `reason` are for people."""

    action: Action
    key: str
    label: str
    address: str = ""
    reason: str = ""
    body: Sendable | None = None


class PublishOptions(Struct, frozen=True):
    """What a run may do: `sends` is false for one that only takes in what was edited there.

    With `sends_again`, so is what was deleted there. `show` gets each line, and `agree` the first
    body for an account that was never sent anything.
    """

    show: Callable[[PublishLine], None]
    agree: Callable[[Sendable], bool] = lambda _body: True
    is_tried: bool = False
    sends: bool = True
    sends_again: bool = False


class PublishRun:
    """One run for one account; `edits` are the changes that it made to the library."""

    def __init__(
        self,
        library: Library,
        publisher: Publisher,
        session: ServiceSession,
        *,
        options: PublishOptions,
        now: datetime,
    ) -> None:
        self._library = library
        self._publisher = publisher
        self._session = session
        self._options = options
        self._now = now
        self._name = name_of(publisher)
        self._sent: dict[str, SentItem] = {}
        self._refused: set[str] = set()
        self._is_declined = False
        self.edits: list[MarkEdit] = []

    async def publish(self, words: Sequence[str]) -> bool:
        """Send the marks that match, or all, and take in what was edited of them there.

        Returns False if the user did not agree to what was to be sent for the first time.
        Raises `FetchError` if the service fails: what was done until then is remembered.
        """
        with PublishMemory(self._library.state) as memory, memory.lock.held():
            self._sent = memory.sent(self._name)
            await self._publisher.prepare(self._session)
            there = None
            if self._publisher.is_two_way:
                await self._settle()
                there = await self._publisher.everything(self._session)
                self._merge(memory, there, words)
            if not self._options.sends:
                return True
            await self._delete_there(memory, there)  # before others are sent with links to it
            while await self._send_all(memory, words, there):
                there = None if there is None else {}  # what was made now gives others their links
        return not self._is_declined

    async def undo(self) -> None:
        """Delete what the last run made; tell what it changed, which stays as it is there."""
        with PublishMemory(self._library.state) as memory, memory.lock.held():
            sent = memory.sent(self._name)
            last = max((item.changed for item in sent.values()), default=None)
            for key, item in sent.items():
                if item.changed != last or item.stage != "sent":
                    continue
                if item.made != last:
                    self._tell("stays", key, item, "It was there before; only a change was sent.")
                    continue
                if not self._options.is_tried:
                    await self._publisher.delete(self._session, item.remote_id)
                    memory.remember(self._name, {key: None})
                self._tell("delete", key, item)

    async def fetch_guests(self, words: Sequence[str]) -> int:
        """Fetch what others have published on the articles that match, and count it."""
        total = 0
        with PublishMemory(self._library.state) as memory:
            await self._publisher.prepare(self._session)
            for record in choose_articles(self._library, words).things:
                if not is_web_address(record.url):
                    continue
                guests = await self._publisher.guests(self._session, record)
                if not self._options.is_tried:
                    memory.put_guests(self._name, record.id, guests)
                for guest in guests:
                    line = PublishLine("guest", guest.id, guest.quote, guest.address, guest.author)
                    self._options.show(line)
                total += len(guests)
        return total

    # Both ways

    def _merge(
        self, memory: PublishMemory, there: Mapping[str, RemoteItem], words: Sequence[str]
    ) -> None:
        """Merge the edits that were made there into the marks, and note what is gone there."""
        for outgoing in self._items(words):
            sent, remote = self._sent.get(outgoing.key), there.get(outgoing.key)
            mark = outgoing.mark
            if mark is None or (sent is None and remote is None):
                continue
            if remote is None:
                self._note_gone(memory, outgoing.key)
                continue
            if sent and sent.stage == "sent" and sent.updated == remote.updated:
                continue
            # Of what another machine sent there is no base: then what either side has stays.
            base = (sent and sent.mark) or replace(mark, note="", tags=(), claim=None, edits=())
            known = sent or self._begun(outgoing, {})
            seen = self._publisher.seen(
                replace(known, mark=base), remote, outgoing.body(self._ids())
            )
            edited = with_edits(base, (seen.mark or base).at(self._moment_of(remote)))
            if edited != base:
                self._take_in(outgoing, edited)
            self._keep(memory, {outgoing.key: _as_sent(replace(seen, mark=edited), remote)})

    def _take_in(self, outgoing: Outgoing, edited: Annotation) -> None:
        """Merge an edited version into a mark under its lock."""

        def merged(current: Annotation) -> Annotation:
            both = merge_marks([current, edited])
            return current if both.contents == current.contents else both

        mark = outgoing.mark
        if mark is None or merged(mark) == mark:
            return
        if not self._options.is_tried:
            name = f"Changes from {self._publisher.title}"
            with suppress(NotInLibrary):  # another program has deleted it meanwhile
                self.edits.append(edit_marks(self._library, name, [mark], merged, now=self._now))
        self._tell("merge", outgoing.key, outgoing)

    def _note_gone(self, memory: PublishMemory, key: str) -> None:
        sent = self._sent[key]
        if sent.stage == "begun" or self._options.sends_again:  # it never arrived
            self._keep(memory, {key: None})
        elif sent.stage != "gone":
            self._keep(memory, {key: replace(sent, stage="gone")})
            reason = "It was deleted there, and is kept here. To send it again: --gone send"
            self._tell("gone", key, sent, reason)

    # Sending

    async def _send_all(
        self, memory: PublishMemory, words: Sequence[str], there: Mapping[str, RemoteItem] | None
    ) -> bool:
        """Send all that is new or changed; return whether anything was made."""
        is_made = False
        waiting: list[Outgoing] = []
        for outgoing in chain(self._items(words), [None]):
            if outgoing is not None:
                waiting += await self._updated(memory, outgoing)
            if waiting and (outgoing is None or len(waiting) == self._publisher.batch):
                is_made |= await self._create(memory, waiting, there)
                waiting = []
        return is_made

    async def _updated(self, memory: PublishMemory, outgoing: Outgoing) -> list[Outgoing]:
        """Send a change of a thing that was sent before; return it if it is to be made."""
        sent = self._sent.get(outgoing.key)
        if sent is None or sent.stage == "begun":
            return [] if outgoing.key in self._refused else [outgoing]
        body = outgoing.body(self._ids())
        if sent.stage == "gone" or sent.body == body:
            return []
        remote: RemoteItem | None = RemoteItem(sent.remote_id)
        if not self._options.is_tried:
            remote = await self._publisher.update(self._session, sent.remote_id, body)
        if remote is None:
            self._note_gone(memory, outgoing.key)
            return []
        changed = replace(self._begun(outgoing, body), made=sent.made)
        self._keep(memory, {outgoing.key: _as_sent(changed, remote)})
        self._tell("update", outgoing.key, outgoing, body=body)
        return []

    async def _create(
        self,
        memory: PublishMemory,
        outgoing: Sequence[Outgoing],
        there: Mapping[str, RemoteItem] | None,
    ) -> bool:
        if self._is_declined:
            return False
        bodies = {thing.key: thing.body(self._ids()) for thing in outgoing}
        begun = {thing.key: self._begun(thing, bodies[thing.key]) for thing in outgoing}
        known: Mapping[str, RemoteItem] = {}
        if self._options.is_tried:
            for thing in outgoing:
                self._tell("create", thing.key, thing, body=bodies[thing.key])
            return False
        if there is None:
            await self._settle()
            known = await self._publisher.find(self._session, tuple(bodies))
        if not memory.is_agreed(self._name):
            if not self._options.agree(next(iter(bodies.values()))):
                self._is_declined = True
                return False
            memory.agree(self._name)
        new = [thing for thing in outgoing if thing.key not in known]
        self._keep(memory, {thing.key: begun[thing.key] for thing in new})
        self._keep(memory, {key: _as_sent(begun[key], item) for key, item in known.items()})
        made = await self._publisher.create(self._session, [bodies[thing.key] for thing in new])
        for thing, result in zip(new, made, strict=True):
            if isinstance(result, RemoteItem):
                self._keep(memory, {thing.key: _as_sent(begun[thing.key], result)})
                self._tell("create", thing.key, thing, body=bodies[thing.key])
            else:
                self._refused.add(thing.key)
                self._keep(memory, {thing.key: None})
                self._tell("refused", thing.key, thing, clean_line(result))
        return any(isinstance(result, RemoteItem) for result in made)

    async def _delete_there(
        self, memory: PublishMemory, there: Mapping[str, RemoteItem] | None
    ) -> None:
        """Delete there what was deleted here, unless it was edited there since."""
        marks = self._library.ask(questions.marks.find_marks())
        here = {mark.annotation.id for mark in marks}
        here |= {record.id for record in self._library.records()}
        for key, sent in list(self._sent.items()):
            is_here = key in here or key.partition("/")[0] in here
            if is_here or sent.stage != "sent" or not self._is_deleted(key, sent.article_id):
                continue
            remote = (there or {}).get(key)
            if remote and remote.updated != sent.updated:
                self._tell("stays", key, sent, "It was deleted here, but was edited there since.")
                continue
            if not self._options.is_tried:
                await self._publisher.delete(self._session, sent.remote_id)
                self._keep(memory, {key: None})
            self._tell("delete", key, sent)

    def _is_deleted(self, key: str, article_id: str) -> bool:
        """Whether a mark or its article was deleted: what cannot be read does not count."""
        if article_id in self._library.trashed():
            return True
        try:
            article = self._library.article(article_id)
            return key in article.deleted_marks()
        except NotInLibrary:
            return True
        except LibraryError:
            return False

    # What is sent, and what is remembered of it

    def _items(self, words: Sequence[str]) -> Iterator[Outgoing]:
        publisher = self._publisher
        reading = Exporter(name="", suffix="", unit=publisher.unit, reads=publisher.reads)
        kinds = {name.casefold() for name in publisher.account.marks}
        export = CollectionExport(self._library, reading, words)
        for article in export.collected():
            chosen = [mark for mark in article.marks if mark.annotation.kind.casefold() in kinds]
            if chosen:
                yield from publisher.items(replace(article, marks=chosen))
        for failed in export.failed:
            if failed.error and failed.article_id not in self._refused:
                self._refused.add(failed.article_id)
                thing = Outgoing(failed.article_id, failed.title, lambda _ids: {})
                self._tell("refused", thing.key, thing, failed.error.message)

    def _ids(self) -> dict[str, str]:
        return {key: item.remote_id for key, item in self._sent.items() if item.stage == "sent"}

    def _begun(self, outgoing: Outgoing, body: Sendable) -> SentItem:
        label = clean_line(outgoing.label, limit=MOST_LABEL)
        article_id = outgoing.mark.article_id if outgoing.mark else outgoing.key.partition("/")[0]
        now = self._now
        return SentItem("begun", label, article_id, now, now, body=body, mark=outgoing.mark)

    def _keep(self, memory: PublishMemory, items: Mapping[str, SentItem | None]) -> None:
        if self._options.is_tried:
            return
        memory.remember(self._name, items)
        for key, item in items.items():
            self._sent.pop(key, None)
            self._sent.update({key: item} if item else {})

    async def _settle(self) -> None:
        """Wait until what was begun last is sure to be found, if the service has it."""
        begun = [item.changed for item in self._sent.values() if item.stage == "begun"]
        age = (self._now - max(begun)).total_seconds() if begun else self._publisher.settle
        if begun and age < self._publisher.settle:
            await asyncio.sleep(self._publisher.settle - max(age, 0.0))

    def _moment_of(self, remote: RemoteItem) -> datetime:
        try:
            moment = datetime.fromisoformat(remote.updated)
        except ValueError:
            return self._now
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(moment.astimezone(UTC), self._now)  # a server cannot win over later changes

    def _tell(
        self,
        action: Action,
        key: str,
        thing: Outgoing | SentItem,
        reason: str = "",
        *,
        body: Sendable | None = None,
    ) -> None:
        known = thing if isinstance(thing, SentItem) else self._sent.get(key)
        remote_id = known.remote_id if known else ""
        address = self._publisher.address_of(remote_id) if remote_id else ""
        label = clean_line(thing.label, limit=MOST_LABEL)
        self._options.show(PublishLine(action, key, label, address, reason, body))


def _as_sent(begun: SentItem, remote: RemoteItem) -> SentItem:
    return replace(begun, stage="sent", remote_id=remote.id, updated=remote.updated)
