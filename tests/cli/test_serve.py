import http.client
import signal
import stat
from contextlib import contextmanager

import pytest

from asking import free_port


@pytest.fixture
def serving(interruptible):
    """Start `annotator serve` and give its port; it is asked to end as a system does."""

    @contextmanager
    def start(*arguments, port=None):
        port = port or free_port()
        process = interruptible("serve", "--port", port, *arguments)
        try:
            assert b"Waiting for pages" in process.stderr.readline()
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate()
        assert process.returncode == 0

    return start


def ask(port, method, path, body=None, **fields):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    got = answer.status, answer.read()
    connection.close()
    return got


def test_the_token_is_made_once_for_its_user_alone_until_a_new_one_is_wanted(run, home):
    first = run("serve", "--token").out
    assert len(first.strip()) == 43
    assert run("serve", "--token").out == first
    path = home / ".local" / "state" / "annotator" / "door_token"
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == (first, 0o600)
    assert run("serve", "--new-token").out not in {first, ""}
    path.write_text("short")
    assert len(run("serve", "--token").out.strip()) == 43


def test_the_door_is_open_until_the_program_is_asked_to_end(serving):
    with serving() as port:
        assert ask(port, "GET", "/api/version") == (200, b'"2.6.13"')
        assert ask(port, "GET", "/anything")[0] == 401


def test_a_new_token_holds_at_once_also_for_a_door_that_is_open(serving, process):
    old = process("serve", "--token").out.strip()
    with serving() as port:
        assert ask(port, "GET", "/anything", Authorization=f"Bearer {old}")[0] == 404
        process("serve", "--new-token")
        assert ask(port, "GET", "/anything", Authorization=f"Bearer {old}")[0] == 401


def test_a_port_that_is_taken_is_told(serving, process):
    with serving() as port:
        done = process("serve", "--port", port)
    assert done.code == 2
    assert f"Port {port} cannot be used" in done.err
