"""Sending what was marked to an account, taking in what was edited there, and undoing a run.

A run can be killed anywhere and repeated. A thing is remembered as begun before it is sent, and
the service is asked for what was begun before it is sent once more. What a two-way service has is
compared with what it had last: that is the base of a merge, field by field, with the mark as it
is here now, by the same rules as between two machines. Nothing that only one side has is lost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import FetchError, LibraryError, NotInLibrary, ServerAnswered
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
MOST_LABEL: Final = 80  # characters
_MISSING: Final = frozenset({404, 410})
_FORBIDDEN: Final = frozenset({400, 403, 405, 409})
_NOT_TAKEN: Final = frozenset({400, 413, 422})


class PublishLine(Struct, frozen=True):
    """What was done, or would be, with one thing; `label` and `reason` are for people."""

    action: Action
    key: str
    label: str
    address: str = ""
    reason: str = ""
    body: Sendable | None = None


class PublishOptions(Struct, frozen=True):
    """What a run may do: `sends` is false for one that only takes in what was edited there.

    With `sends_again`, so is what was deleted there. `show` gets each line, and `agree` the first
    body for an account that has been sent nothing.
    """

    show: Callable[[PublishLine], None]
    agree: Callable[[Sendable], bool] = lambda _body: True
    is_tried: bool = False
    sends: bool = True
    sends_again: bool = False


class PublishRun:
    """One run for one account; `edits` are the changes that it made to the library.

    `left_out` are the marks of kinds that the account is not sent, and `unasked` is why a trial
    could not ask the service what is there.
    Methods raise `FetchError` if the service fails: what was done until then is remembered.
    """

    def __init__(
        self,
        library: Library,
        publisher: Publisher,
        session: ServiceSession,
        *,
        memory: PublishMemory,
        options: PublishOptions,
        now: datetime,
    ) -> None:
        self._library = library
        self._publisher = publisher
        self._session = session
        self._memory = memory
        self._options = options
        self._now = now
        self._name = name_of(publisher)
        self._sent = memory.sent(self._name)
        self._ids = {key: item.remote_id for key, item in self._sent.items() if _is_there(item)}
        self._there: Mapping[str, RemoteItem] = {}  # as a two-way service has it
        self._refused: set[str] = set()
        self._is_declined = False
        self.edits: list[MarkEdit] = []
        self.left_out: set[str] = set()
        self.unasked: FetchError | None = None

    async def publish(self, words: Sequence[str]) -> bool:
        """Send the marks that match, or all, and take in what was edited of them there.

        Returns False if the user did not agree to what was to be sent for the first time.
        """
        try:
            await self._publisher.prepare(self._session)
            if self._publisher.is_two_way:
                await self._look()
        except FetchError as error:
            if not (self._options.is_tried and self._options.sends):
                raise
            self._there, self.unasked = {}, error
        if self._publisher.is_two_way and self.unasked is None:
            for outgoing in self._items(words):
                self._merge(outgoing)
        if self._options.sends:
            await self._delete_there()  # before others are sent with links to it
            while await self._send_all(words):  # what was made now gives others their links
                pass
        return not self._is_declined

    async def undo(self) -> None:
        """Delete what the last run made; tell what it changed, which stays as it is there."""
        await self._publisher.prepare(self._session)
        is_unsure = any(item.stage == "begun" for item in self._sent.values())
        if is_unsure and self._publisher.is_two_way:  # what was killed may have arrived
            await self._look()
        last = max((item.changed for item in self._sent.values()), default=None)
        for key, sent in self._arrived():
            if sent.changed != last or sent.stage == "gone":
                continue
            if not _is_there(sent):
                self._tell(
                    "stays", key, sent, "It may have arrived. Publish again, then undo that."
                )
            elif sent.made == last:
                await self._delete(key, sent)
            else:
                self._tell("stays", key, sent, "It was there before; only a change was sent.")

    async def fetch_guests(self, words: Sequence[str]) -> None:
        """Fetch what others have published on the articles that match."""
        await self._publisher.prepare(self._session)
        for record in choose_articles(self._library, words).things:
            if is_web_address(record.url):
                guests = await self._publisher.guests(self._session, record)
                if not self._options.is_tried:
                    self._memory.put_guests(self._name, record.id, guests)
                for guest in guests:
                    line = PublishLine("guest", guest.id, guest.quote, guest.address, guest.author)
                    self._options.show(line)

    # Both ways

    async def _look(self) -> None:
        """See what a two-way service has; what was begun and is not there never arrived."""
        self._there = await self._publisher.everything(self._session)
        known = {key for key, item in self._sent.items() if item.stage != "gone"}
        if known - self._there.keys():  # they are gone, or not in its index yet
            await self._session.sleep(self._publisher.settle)
            self._there = await self._publisher.everything(self._session)
        begun = (key for key, item in self._sent.items() if item.stage == "begun")
        self._keep({key: None for key in begun if key not in self._there})

    def _arrived(self) -> Iterator[tuple[str, SentItem]]:
        """Yield what was sent, also what is there although its answer was lost."""
        for key, sent in [*self._sent.items()]:
            remote = self._there.get(key)
            yield key, _as_sent(sent, remote) if sent.stage == "begun" and remote else sent

    def _merge(self, outgoing: Outgoing) -> None:
        """Merge the edits that were made there into a mark, or note that it is gone there."""
        key, mark = outgoing.key, outgoing.mark
        sent, remote = self._sent.get(key), self._there.get(key)
        if remote is None and sent is not None:
            self._note_gone(key, sent)
        if remote is None or mark is None or (sent and sent == _as_sent(sent, remote)):
            return
        # Of what another machine sent there is no base: then what either side has stays.
        base = (sent and sent.mark) or replace(mark, note="", tags=(), claim=None, edits=())
        known = replace(sent or self._begun(outgoing, {}), mark=base)
        seen = self._publisher.seen(known, remote, outgoing.body(self._ids))
        edited = with_edits(base, (seen.mark or base).at(self._moment_of(remote)))

        def merged(current: Annotation) -> Annotation:
            both = merge_marks([current, edited])
            return current if both.contents == current.contents else both

        if edited != base and merged(mark) != mark:
            if not self._options.is_tried:
                name = f"Changes from {self._publisher.title}"
                with suppress(NotInLibrary):  # another program has deleted it meanwhile
                    step = edit_marks(self._library, name, [mark], merged, now=self._now)
                    self.edits.append(step)
            self._tell("merge", key, outgoing)
        self._keep({key: _as_sent(replace(seen, mark=edited), remote)})

    def _note_gone(self, key: str, sent: SentItem) -> None:
        if sent.stage == "begun" or self._options.sends_again:  # it never arrived
            self._keep({key: None})
        elif sent.stage != "gone":
            self._keep({key: replace(sent, stage="gone")})
            how = f"To send it again: --gone send. To delete it here: annotator unmark {key}"
            self._tell("gone", key, sent, f"It was deleted there, and is kept here. {how}")

    async def _delete_there(self) -> None:
        """Delete there what was deleted here, unless it was edited there since."""
        here = {mark.annotation.id for mark in self._library.ask(questions.marks.find_marks())}
        here |= {record.id for record in self._library.records()}
        for key, sent in self._arrived():
            if key in here or key.partition("/")[0] in here or not _is_there(sent):
                continue
            remote = self._there.get(key)
            try:
                is_deleted = self._is_deleted(key, sent.article_id)
            except LibraryError as error:  # damaged, or gone without a trace
                self._tell("stays", key, sent, f"Nobody deleted it here. {error.message}")
                continue
            if is_deleted and remote and remote.updated != sent.updated:
                self._tell("stays", key, sent, "It was deleted here, but was edited there since.")
            elif is_deleted:
                await self._delete(key, sent)

    async def _delete(self, key: str, sent: SentItem) -> None:
        if not self._options.is_tried:
            try:
                await self._publisher.delete(self._session, sent.remote_id)
            except ServerAnswered as error:
                if error.status in _FORBIDDEN:
                    self._tell("stays", key, sent, str(error))
                    return
                if error.status not in _MISSING:
                    raise
            self._keep({key: None})
        self._tell("delete", key, sent)

    def _is_deleted(self, key: str, article_id: str) -> bool:
        """Whether a mark or its article is in the bin, or was: a library that is lost has none."""
        is_in_bin = article_id in self._library.trashed()
        return is_in_bin or key in self._library.article(article_id).deleted_marks()

    # Sending

    async def _send_all(self, words: Sequence[str]) -> bool:
        """Send all that is new or changed; return whether anything was made."""
        is_made = False
        waiting: list[Outgoing] = []
        for outgoing in chain(self._items(words), [None]):
            if outgoing is not None and await self._is_new(outgoing):
                waiting.append(outgoing)
            if waiting and (outgoing is None or len(waiting) == self._publisher.batch):
                is_made |= await self._create(waiting)
                waiting = []
        return is_made

    async def _is_new(self, outgoing: Outgoing) -> bool:
        """Return whether a thing is to be made; send the change of one that is there."""
        key, sent = outgoing.key, self._sent.get(outgoing.key)
        if sent is None or sent.stage == "begun":
            return key not in self._refused and not self._is_declined
        body = outgoing.body(self._ids)
        if sent.stage == "gone" or sent.body == body or key in self._refused:
            return False
        if not self._options.is_tried:
            try:
                remote = await self._publisher.update(self._session, sent.remote_id, body)
            except ServerAnswered as error:
                if error.status in _NOT_TAKEN:
                    self._refused.add(key)
                    self._tell("refused", key, outgoing, str(error))
                elif error.status in _MISSING:
                    self._note_gone(key, sent)
                else:
                    raise
                return False
            changed = replace(self._begun(outgoing, body), made=sent.made)
            self._keep({key: _as_sent(changed, remote)})
        self._tell("update", key, outgoing, body=body)
        return False

    async def _create(self, things: Sequence[Outgoing]) -> bool:
        bodies = {thing.key: thing.body(self._ids) for thing in things}
        known: Mapping[str, RemoteItem] = {}
        if not self._options.is_tried:
            if not self._publisher.is_two_way:
                known = await self._publisher.find(self._session, tuple(bodies))
            if not self._sent and not self._options.agree(next(iter(bodies.values()))):
                self._is_declined = True
                return False
        begun = {thing.key: self._begun(thing, bodies[thing.key]) for thing in things}
        self._keep(begun | {key: _as_sent(begun[key], item) for key, item in known.items()})
        new = [thing for thing in things if thing.key not in known]
        results: Sequence[RemoteItem | str] = [RemoteItem("")] * len(new)
        if not self._options.is_tried:
            results = await self._made([bodies[thing.key] for thing in new])
        for thing, result in zip(new, results, strict=True):
            if isinstance(result, RemoteItem):
                self._keep({thing.key: _as_sent(begun[thing.key], result)})
                self._tell("create", thing.key, thing, body=bodies[thing.key])
            else:
                self._refused.add(thing.key)
                self._keep({thing.key: None})
                self._tell("refused", thing.key, thing, clean_line(result))
        return not self._options.is_tried and any(isinstance(one, RemoteItem) for one in results)

    async def _made(self, bodies: Sequence[Sendable]) -> Sequence[RemoteItem | str]:
        try:
            return await self._publisher.create(self._session, bodies) if bodies else ()
        except ServerAnswered as error:
            if error.status not in _NOT_TAKEN or len(bodies) > 1:
                raise
            return [str(error)]

    # What is sent, and what is remembered of it

    def _items(self, words: Sequence[str]) -> Iterator[Outgoing]:
        publisher = self._publisher
        reading = Exporter(name="", suffix="", unit=publisher.unit, reads=publisher.reads)
        kinds = {name.casefold() for name in publisher.account.marks}
        export = CollectionExport(self._library, reading, words)
        for article in export.collected():
            chosen = [mark for mark in article.marks if mark.annotation.kind.casefold() in kinds]
            ids = {mark.annotation.id for mark in article.marks}
            self.left_out |= ids.difference(mark.annotation.id for mark in chosen)
            if chosen:
                yield from publisher.items(replace(article, marks=chosen))
        for failed in export.failed:
            if failed.error and failed.article_id not in self._refused:
                self._refused.add(failed.article_id)
                line = PublishLine("refused", failed.article_id, failed.title)
                self._options.show(replace(line, reason=failed.error.message))

    def _begun(self, outgoing: Outgoing, body: Sendable) -> SentItem:
        label = clean_line(outgoing.label, limit=MOST_LABEL)
        article_id = outgoing.mark.article_id if outgoing.mark else outgoing.key.partition("/")[0]
        now = self._now
        return SentItem("begun", label, article_id, now, now, body=body, mark=outgoing.mark)

    def _keep(self, items: Mapping[str, SentItem | None]) -> None:
        if self._options.is_tried or not items:
            return
        self._memory.remember(self._name, items)
        for key, item in items.items():
            self._sent.pop(key, None)
            self._ids.pop(key, None)
            self._sent |= {key: item} if item else {}
            self._ids |= {key: item.remote_id} if item and _is_there(item) else {}

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
        remote_id = thing.remote_id if isinstance(thing, SentItem) else self._ids.get(key, "")
        address = self._publisher.address_of(remote_id) if remote_id else ""
        label = clean_line(thing.label, limit=MOST_LABEL)
        self._options.show(PublishLine(action, key, label, address, reason, body))


def _is_there(item: SentItem) -> bool:
    return item.stage == "sent"


def _as_sent(begun: SentItem, remote: RemoteItem) -> SentItem:
    return replace(begun, stage="sent", remote_id=remote.id, updated=remote.updated)
