"""`annotator serve --read` as users start it."""

import http.client
import json
import signal
import socket
import sys
from base64 import b64encode
from types import MappingProxyType

import pytest

from annotator.serve.server import own_address
from asking import free_port


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_pages_are_only_for_whoever_opens_the_address_that_is_printed(interruptible):
    process = interruptible("serve", "--read", "--port", port := free_port())
    try:
        path = process.stdout.readline().decode().partition(str(port))[2].strip()
        assert path.startswith("/?token=")
        assert ask(port, "/") == 403
        assert ask(port, path) == 303
        assert ask(port, path) == 403
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--read", "--address", "0.0.0.0"), "fewer than 8 characters"),
        (("--web", "--address", "0.0.0.0"), "--address is for --read"),
        (("--address", "0.0.0.0"), "--address is for --read"),
        (("--books",), "fewer than 8 characters"),
        (("--read", "--web"), "Choose one of --read and --web"),
    ],
)
def test_no_other_computer_is_let_in_without_a_password(run, options, told):
    done = run("serve", *options)
    assert done.code == 2
    assert told in done.err


def test_a_password_of_the_environment_opens_the_pages_to_others(interruptible, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_PASSWORD", "correct horse")
    port = free_port()
    process = interruptible("serve", "--read", "--address", "0.0.0.0", "--port", port)
    try:
        assert b"not encrypted" in process.stderr.readline()
        assert f"http://{own_address('0.0.0.0')}:{port}/" in process.stderr.readline().decode()
        assert ask(port, "/") == 401
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def test_books_are_for_devices_that_know_the_password(interruptible, kept, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_PASSWORD", "correct horse")
    port = free_port()
    process = interruptible("serve", "--books", "--address", "0.0.0.0", "--port", port)
    try:
        assert b"not encrypted" in process.stderr.readline()
        place = f"http://{own_address('0.0.0.0')}:{port}"
        assert f"{place}/opds" in process.stderr.readline().decode()
        assert ask(port, "/opds") == 401
        basic = {"Authorization": f"Basic {b64encode(b'me:correct horse').decode()}"}
        assert send(port, "GET", f"/opds/book/{kept}.epub", fields=basic)[0] == 200
        status, answer = send(port, "POST", "/oauth/v2/token", {"password": "correct horse"})
        assert status == 200
        token = {"Authorization": f"Bearer {answer['access_token']}"}
        body = {"url": f"http://127.0.0.1:{port}/opds"}
        status, answer = send(port, "POST", "/api/entries.json", body, fields=token)
        assert status == 422
        assert "in your own network" in answer["error"]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def send(port, method, path, value=None, *, fields=MappingProxyType({})):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps(value) if value else None
    connection.request(method, path, body, {"Content-Type": "application/json", **fields})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, json.loads(data) if data[:1] == b"{" else data


def test_at_an_address_of_this_computer_alone_nothing_is_sent_that_others_read(
    interruptible, monkeypatch
):
    monkeypatch.setenv("ANNOTATOR_PASSWORD", "correct horse")
    port = free_port()
    process = interruptible("serve", "--read", "--address", "localhost", "--port", port)
    try:
        assert process.stderr.readline() == b"Only this computer can open it.\n"
        assert f"http://localhost:{port}/" in process.stderr.readline().decode()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def test_the_address_for_others_is_one_that_this_computer_has():
    with socket.create_server((own_address("0.0.0.0"), 0)):
        assert own_address("192.168.1.5") == "192.168.1.5"


@pytest.mark.parametrize("address", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_this_computer_has_not_is_told(run, monkeypatch, address):
    monkeypatch.setenv("ANNOTATOR_PASSWORD", "correct horse")
    done = run("serve", "--read", "--address", address)
    assert done.code == 2
    assert f"This computer does not have the address {address}." in done.err
    assert "serving already" not in done.err


def test_a_tab_says_which_package_it_needs(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    done = run("serve", "--web")
    assert done.code == 1
    assert "pip install textual-serve==1.1.3" in done.err
