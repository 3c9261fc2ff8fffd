"""What a service is to `annotator publish`: one class, a `Publisher`, in a module of its own.

`PUBLISHERS` in `accounts` has its name and place. The frame makes one for each run, with the
account, and does the rest: it reads the articles, asks the user, keeps to the pace, remembers
what was sent, tells, and undoes.

    class Readwise(Publisher):
        title, address = "Readwise", "https://readwise.io"
        authorization, where = "Token {token}", "readwise.io/access_token"
        pace, batch = Pace(reads=3.0, writes=0.25), 100

        def items(self, article):
            for mark in article.marks:
                yield Outgoing(mark.annotation.id, mark.annotation.quote, lambda ids: {...})

        async def create(self, session, bodies):
            answer = await session.ask("POST", "/api/v2/highlights/", body={"highlights": bodies})
            return [RemoteItem(row.text("id")) for row in objects_in(answer.value)]

- `items` is called for each article again and again, also to find out whether anything is new: it
  must be quick. Items come in the order in which they are sent, so what others lie in comes
  first. A key is the id of a mark, or of an article with a word after it (`ID/snapshot`). `body`
  gets the ids that the service has given so far, by key; what it returns is JSON, is what
  `--dry-run` prints, and is compared with what was sent last: it must be the same for the same
  mark. Of a file it has a digest, and `create` gets at the file itself by the key.
- An article comes with its marks of the account's kinds that the user asked for, with its text
  if `reads` says so. With `unit` "articles" a query chooses articles with all their marks.
- `find` is asked before new things are sent, for those of a batch which the service may have
  already: an earlier answer may have been lost. A service that makes no doubles leaves it out.
- What `create`, `update` and `delete` raise ends the run; the next one goes on. `create` returns
  for each body, in order, what was made, or a sentence on why the service does not take it. The
  frame knows what a 404 means for what was sent, and a 400 for a single thing.
- All requests go through the `session`, which has the token. The text of what a service says
  must be cleaned (`model.text`) before it is kept.
- A service whose things can be edited there is `is_two_way`: `everything` returns all of ours
  that it has, and `seen` what was sent as it is there now. The frame merges both sides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct

from annotator.codec import encode
from annotator.errors import InvalidInput
from annotator.export.collection import CollectedArticle, Depth, Unit
from annotator.importing.readers.json_values import JsonObject
from annotator.model import Annotation, ArticleRecord
from annotator.settings.settings import Account
from annotator.store.machine.publish_memory import Guest, SentItem
from annotator.usecases.service_session import Pace, ServiceSession

Sendable = dict[str, Any]  # the body of an item: JSON


class Outgoing(Struct, frozen=True):
    """A thing to send: its key, a line about it, and what makes its body of known remote ids.

    Of a mark it has the mark itself, so that what is edited there can be merged.
    """

    key: str
    label: str
    body: Callable[[Mapping[str, str]], Sendable]
    mark: Annotation | None = None


class RemoteItem(Struct, frozen=True):
    """A thing as the service has it: its id, when it was changed there, and all that it says."""

    id: str
    updated: str = ""
    value: JsonObject = JsonObject()


class Publisher:
    """A service: the attributes say what it is, the methods what is sent and how.

    `address` is empty for a program on a server of the user's own, and `authorization` where no
    token is needed. `settle` is how many seconds pass until what was made in a two-way service is
    sure to be among `everything`.
    """

    title: ClassVar[str]
    address: ClassVar[str] = ""
    where: ClassVar[str] = ""  # the user finds the token
    header: ClassVar[str] = "Authorization"  # which has the token
    authorization: ClassVar[str] = "Bearer {token}"
    pace: ClassVar[Pace] = Pace()
    batch: ClassVar[int] = 1
    unit: ClassVar[Unit] = "marks"
    reads: ClassVar[Depth] = "marks"
    settle: ClassVar[float] = 0.0
    is_two_way: ClassVar[bool] = False

    def __init__(self, account: Account) -> None:
        self.account = account

    @property
    def where_token_is(self) -> str:
        """Where the user finds the token, in a sentence: on their own server, if it is there."""
        own = self.account.address.rpartition("//")[2].rstrip("/").removesuffix("/api")
        is_own = own and self.address and own not in self.address
        path = self.where.partition("/")[2]
        return f"You find it at {f'{own}/{path}' if is_own else self.where}."

    async def prepare(self, session: ServiceSession) -> None:
        """Look whether things can be sent to the account; raises `AnnotatorError` if not."""

    def items(self, article: CollectedArticle) -> Iterable[Outgoing]:
        """Return what is sent of an article."""
        raise NotImplementedError

    def preview(self, body: Sendable) -> str:
        """Return how a thing will appear, for the user to agree to."""
        return encode(body).decode().rstrip()

    def address_of(self, remote_id: str) -> str:
        """Return the address at which people see a thing, empty if there is none."""
        del remote_id
        return ""

    async def find(self, session: ServiceSession, keys: Sequence[str]) -> Mapping[str, RemoteItem]:
        """Return those of the things with these keys that the service has already."""
        del session, keys
        return {}

    async def create(
        self, session: ServiceSession, bodies: Sequence[Sendable]
    ) -> Sequence[RemoteItem | str]:
        """Make things, `batch` of them at most; a sentence stands for one that is not taken."""
        raise NotImplementedError

    async def update(self, session: ServiceSession, remote_id: str, body: Sendable) -> RemoteItem:
        """Change a thing to what it is now."""
        raise NotImplementedError

    async def delete(self, session: ServiceSession, remote_id: str) -> None:
        """Delete a thing."""
        raise NotImplementedError

    async def everything(self, session: ServiceSession) -> Mapping[str, RemoteItem]:
        """Return all of ours that a two-way service has, by key."""
        del session
        return {}

    def seen(self, sent: SentItem, remote: RemoteItem, body: Sendable) -> SentItem:
        """Return what was sent as it is there now: its mark and its body, with the edits there.

        `body` is what would be sent now. The body that was sent is empty if nobody knows it.
        """
        del remote, body
        return sent

    async def guests(self, session: ServiceSession, record: ArticleRecord) -> Sequence[Guest]:
        """Return what others have published on an article.

        Raises `InvalidInput` if the service has no such thing.
        """
        del session, record
        raise InvalidInput(f"{self.title} has no marks of others to look at.")
