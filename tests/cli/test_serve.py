import http.client
import json
import plistlib
import signal
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from asking import FORM, form, free_port
from waiting import wait_until

SINGLEFILE = "/api/v1/bookmarks/singlefile"
PAGE = b"""<!doctype html><html lang="en"><head><title>Bread costs more</title></head><body>
<article><h1>Bread costs more</h1><p>The price of bread rose by a tenth within a year, the office
for statistics said on Friday.</p><p>Bakers blame the price of flour, which rose by a third.</p>
</article></body></html>"""


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


def test_the_server_is_open_until_the_program_is_asked_to_end(serving):
    with serving() as port:
        assert ask(port, "GET", "/api/version") == (200, b'"2.6.13"')
        assert ask(port, "GET", "/anything")[0] == 401


def test_the_next_steps_are_told_at_the_start(interruptible):
    process = interruptible("serve", "--port", port := free_port())
    told = [process.stderr.readline().decode() for _ in range(4)]
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert f"http://127.0.0.1:{port}/api/v1/bookmarks/singlefile" in told[1]
    assert "annotator serve --token" in told[2]
    assert f"http://127.0.0.1:{port}/clip" in told[3]


def test_what_becomes_of_a_page_is_told_once_with_its_address(interruptible, process):
    token = process("serve", "--token").out.strip()
    server = interruptible("serve", "--port", port := free_port())
    for _ in range(4):
        server.stderr.readline()
    fields = {"Authorization": f"Bearer {token}", "Content_Type": FORM}
    url = "https://example.org/bread"
    for page in (PAGE, PAGE, b"<title>x</title>", b"PK\x03\x04"):
        ask(port, "POST", SINGLEFILE, form(file=page, url=url), **fields)
    server.send_signal(signal.SIGTERM)
    out, told = (text.decode().splitlines() for text in server.communicate())
    assert [line.partition("\t")[0] for line in out] == ["added", "unchanged"]
    assert out[1].endswith(f"Bread costs more  {url}")
    assert [line for line in told if url not in line] == [
        "Copy its text into a .txt file, and add that."
    ]
    assert [line.partition(":")[0] for line in told] == [
        "Error",
        "Copy its text into a .txt file, and add that.",
        f"POST {SINGLEFILE} refused (422)",
    ]


def test_a_new_token_holds_at_once_also_for_a_server_that_is_open(serving, process):
    old = process("serve", "--token").out.strip()
    with serving() as port:
        assert ask(port, "GET", "/anything", Authorization=f"Bearer {old}")[0] == 404
        process("serve", "--new-token")
        assert ask(port, "GET", "/anything", Authorization=f"Bearer {old}")[0] == 401


def test_a_port_that_is_taken_is_told(serving, process):
    with serving() as port:
        done = process("serve", "--port", port)
    assert done.code == 2
    assert f"Port {port} cannot be used: Address already in use." in done.err
    assert "annotator may be serving already" in done.err


@pytest.fixture
def give(process):
    """Give a page to the server at a port, and return the status and the answer."""
    token = process("serve", "--token").out.strip()

    def give(port, page, url):
        fields = {"Authorization": f"Bearer {token}", "Content_Type": FORM}
        status, answer = ask(port, "POST", SINGLEFILE, form(file=page, url=url), **fields)
        return status, json.loads(answer)

    return give


def test_a_page_is_in_the_library_when_the_browser_is_answered(serving, give, process):
    with serving() as port:
        status, answer = give(port, PAGE, "https://example.org/bread")
        assert (status, answer["outcome"]) == (201, "added")
        listed = process("list", "--json").out
    assert [record["id"] for record in json.loads(listed)] == [answer["id"]]


@pytest.mark.slow
def test_pages_that_waited_when_the_program_was_killed_are_taken_in_later(
    interruptible, give, process
):
    process("add", "-", stdin=PAGE)
    port, urls = free_port(), [f"https://example.org/{number}" for number in range(12)]
    server = interruptible("serve", "--port", port)
    server.stderr.readline()
    with ThreadPoolExecutor(len(urls)) as pool:
        given = [pool.submit(give, port, PAGE, url) for url in urls]
        wait_until(lambda: "\n" in process("list", "example.org").out)
        server.kill()
        server.communicate()
    answered = [done.result()[1]["id"] for done in given if not done.exception()]
    again = interruptible("serve", "--port", port)
    again.stderr.readline()
    wait_until(lambda: not list(Path.home().rglob("captured/*.page")))
    again.send_signal(signal.SIGTERM)
    again.communicate()
    ids = [record["id"] for record in json.loads(process("list", "--json").out)]
    assert len(set(ids)) == len(ids)
    assert {*answered} <= {*ids}


def test_the_bookmark_is_printed_for_the_port_without_the_token(run):
    printed = run("serve", "--bookmarklet", "--port", 8123).out
    assert printed.startswith("javascript:")
    assert "127.0.0.1:8123" in printed
    assert run("serve", "--token").out.strip() not in printed


def test_the_units_start_the_server_of_this_library(run, tmp_path):
    library = tmp_path / 'the "100 %" $HOME & more'
    unit = run("--library", library, "serve", "--print-unit", "systemd").out
    [line] = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    assert '"annotator" "--library"' in line
    assert r"the \"100 %%\" $$HOME & more" in line
    plist = plistlib.loads(
        run("--library", library, "serve", "--print-unit", "launchd").out.encode()
    )
    assert plist["ProgramArguments"][1:] == ["-m", "annotator", "--library", str(library), "serve"]


def test_a_device_gets_nothing_fetched_from_the_own_network(interruptible, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_PASSWORD", "long enough")
    server = interruptible("serve", "--books", "--port", port := free_port())
    assert b"Only this computer" in server.stderr.readline()
    wish = json.dumps({"url": f"http://127.0.0.1:{port}/opds"})
    assert ask(port, "POST", "/api/entries.json", wish)[0] == 401
    _, told = ask(port, "POST", "/oauth/v2/token", json.dumps({"password": "long enough"}))
    token = f"Bearer {json.loads(told)['access_token']}"
    status, answer = ask(port, "POST", "/api/entries.json", wish, Authorization=token)
    server.send_signal(signal.SIGTERM)
    server.communicate()
    assert (status, b"in your own network" in answer) == (422, True)
    assert not list(Path.home().rglob("*devices/*.page"))
