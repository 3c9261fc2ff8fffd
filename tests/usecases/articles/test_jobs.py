"""Jobs on many articles: how many work at once, and how they are stopped and tried again."""

import asyncio

import pytest

from annotator.errors import FetchError
from annotator.usecases.articles.jobs import MAX_PARALLEL, MAX_PER_HOST, Job, JobQueue
from tasks import both_kinds

pytestmark = [*both_kinds]


class Site:
    """Work that goes on until it is let go; `failing` has the keys that fail."""

    def __init__(self):
        self.gates = {}
        self.failing = set()

    async def work(self, key, tell):
        tell("fetching")
        self.gates[key] = asyncio.Event()
        await self.gates[key].wait()
        if key in self.failing:
            raise FetchError(f"No answer from {key}.", "Try again.")
        return key.upper()


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def queue(site):
    return JobQueue(site.work, changed=lambda: None)


def states(queue):
    return {job.key: job.state for job in queue.jobs}


async def turn():
    for _ in range(20):
        await asyncio.sleep(0)


def jobs(*keys, host=""):
    return [Job(key, key, host or key) for key in keys]


async def test_eight_work_at_once_and_two_on_one_host(site, queue):
    queue.add(jobs(*(f"same{n}" for n in range(4)), host="example.org"))
    queue.add(jobs(*(f"other{n}" for n in range(9))))
    await turn()
    working = [key for key, state in states(queue).items() if state == "working"]
    assert len(working) == MAX_PARALLEL
    assert sum(key.startswith("same") for key in working) == MAX_PER_HOST
    queue.stop_all()
    assert set(states(queue).values()) == {"stopped"}


async def test_a_job_tells_its_step_its_result_and_its_error(site, queue):
    site.failing = {"b"}
    queue.add(jobs("a", "b"))
    await turn()
    assert [job.step for job in queue.jobs] == ["fetching", "fetching"]
    for gate in site.gates.values():
        gate.set()
    await turn()
    done, failed = queue.jobs
    assert (done.state, done.result, done.step) == ("done", "A", "")
    assert (failed.state, failed.error.message) == ("failed", "No answer from b.")
    assert not queue.is_busy


async def test_a_job_that_failed_or_was_stopped_is_tried_again(site, queue):
    site.failing = {"a"}
    queue.add(jobs("a", "b"))
    await turn()
    site.gates["a"].set()
    queue.stop("b")
    await turn()
    assert states(queue) == {"a": "failed", "b": "stopped"}
    site.failing = set()
    queue.retry_all()
    await turn()
    assert states(queue) == {"a": "working", "b": "working"}
    for gate in site.gates.values():
        gate.set()
    await turn()
    assert states(queue) == {"a": "done", "b": "done"}
    queue.retry("a")
    assert states(queue)["a"] == "done"


async def test_stopping_one_lets_the_next_of_its_host_work(site, queue):
    queue.add(jobs("a", "b", "c", host="example.org"))
    await turn()
    queue.stop("a")
    await turn()
    assert states(queue) == {"a": "stopped", "b": "working", "c": "working"}
    queue.stop_all()


async def test_what_is_added_twice_is_done_once_until_it_has_ended(site, queue):
    queue.add(jobs("a"))
    queue.add(jobs("a"))
    await turn()
    site.gates["a"].set()
    await turn()
    assert states(queue) == {"a": "done"}
    queue.add(jobs("a", "b"))
    await turn()
    assert states(queue) == {"a": "working", "b": "working"}
    queue.stop("b")
    queue.forget_ended()
    assert states(queue) == {"a": "working"}
    queue.forget("a")
    assert states(queue) == {"a": "working"}
    queue.stop_all()


async def test_all_jobs_are_listed_before_one_of_them_ends_at_once():
    busy = []
    queue = JobQueue(answer_at_once, changed=lambda: busy.append(queue.is_busy))
    queue.add(jobs("a", "b", "a"))
    await turn()
    assert states(queue) == {"a": "done", "b": "done"}
    assert busy.index(False) >= 3  # not between the two


async def test_jobs_given_together_have_times_in_their_order(site, moment):
    queue = JobQueue(site.work, changed=lambda: None, now=lambda: moment)
    queue.add(jobs("a", "b", "c"))
    assert moment == queue.since("a") > queue.since("b") > queue.since("c")
    assert queue.since("unknown") is None
    queue.stop_all()


async def test_a_job_can_be_stopped_while_it_is_being_started(site):
    queue = JobQueue(site.work, changed=lambda: None)
    queue._changed = queue.stop_all
    queue.add(jobs("a", "b"))
    await turn()
    assert states(queue) == {"a": "stopped", "b": "stopped"}
    assert not queue.is_busy


async def answer_at_once(key, tell):
    return key
