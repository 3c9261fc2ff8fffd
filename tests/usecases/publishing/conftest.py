"""An article with marks, and a server of Hypothesis that they are sent to at once."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from annotator.model import Claim
from annotator.settings.settings import Account
from annotator.store import PublishMemory
from annotator.usecases.publishing.accounts import headers_of
from annotator.usecases.publishing.hypothesis import Hypothesis
from annotator.usecases.publishing.publish import PublishOptions, PublishRun
from annotator.usecases.service_session import Pace, ServiceSession
from builders import make_annotation, make_article, make_extraction, make_page
from hypothesis_server import PUBLIC, FakeHypothesis, serving_hypothesis

ADDRESS = "https://example.org/story"
TEXT = "Prices rose by a tenth. Wages did not. The grid held in winter."


class AtOnce(Hypothesis):
    """Hypothesis without the pace that its servers want."""

    pace = Pace()


class StoppingMemory(PublishMemory):
    """A memory whose program is killed at a write: before it, or after it if it `is_written`."""

    stop_at = -1
    is_written = False

    def remember(self, account, items):
        """Count down to the write that is the last."""
        self.stop_at -= 1
        if self.stop_at or self.is_written:
            super().remember(account, items)
        if not self.stop_at:
            raise KeyboardInterrupt


@pytest.fixture
def server():
    """Return a server of Hypothesis with two users."""
    with serving_hypothesis(FakeHypothesis()) as served:
        yield served


@pytest.fixture
def marks(library, moment):
    """Return two claims on an article, with notes and tags, and a highlight."""
    article = make_article(TEXT, url=ADDRESS)
    library.store(make_extraction(article), make_page(url=ADDRESS), now=moment)
    made = [
        make_annotation(
            article, "Prices rose by a tenth.", note="See p. 4.", tags=["prices"],
            claim=Claim(statement="A tenth more.", speaker="Ann", status="disputed"),
        ),
        make_annotation(article, "Wages did not.", tags=["wages"]),
        make_annotation(article, "The grid held in winter.", kind="highlight"),
    ]  # fmt: skip
    library.put(made)
    return made


@pytest.fixture
def publish(library, server):
    """Return a function that publishes as one user does, and returns the lines that it showed."""

    async def run(
        *words,
        do="publish",
        group=PUBLIC,
        token="secret-ann",
        fields=None,
        stop=(-1, False),
        **options,
    ):
        chosen = {} if fields is None else {"fields": fields}
        address = server.url
        account = Account(name="mine", service="hypothesis", address=address, group=group, **chosen)
        publisher = AtOnce(account)
        headers = headers_of(publisher, {"ANNOTATOR_HYPOTHESIS_TOKEN": token})
        lines = []
        waits = []

        async def sleep(seconds):
            waits.append(seconds)
            server.behind.clear()

        session = ServiceSession(server.url, headers, pace=publisher.pace, sleep=sleep)
        now = datetime.now(UTC) + timedelta(seconds=5)
        shown = PublishOptions(show=lines.append, **options)
        with StoppingMemory(library.state) as memory:
            memory.stop_at, memory.is_written = stop
            run = PublishRun(library, publisher, session, memory=memory, options=shown, now=now)
            work = {"publish": run.publish, "guests": run.fetch_guests}
            result = await (work[do](words) if do in work else run.undo())
        done = [(line.action, line.label) for line in lines]
        return SimpleNamespace(lines=lines, done=done, result=result, edits=run.edits, waits=waits)

    return run
