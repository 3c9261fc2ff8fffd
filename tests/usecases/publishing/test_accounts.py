"""Accounts of the settings, where their tokens are, and what is known of them."""

import sys
from types import ModuleType, SimpleNamespace

import pytest

from annotator.errors import InvalidInput
from annotator.settings import Folders, Settings
from annotator.settings.settings import Account
from annotator.usecases.library.privacy import look
from annotator.usecases.publishing.accounts import account_named, headers_of, publisher_of
from annotator.usecases.service_session import Pace, ServiceSession

TOKEN = "secret-9"
MINE = Account(name="mine", service="hypothesis", address="https://example.org/api", group="g")


def header(account, environment=None):
    return headers_of(publisher_of(account), environment or {})["Authorization"]


def mine(**fields):
    return Account(name="mine", service="hypothesis", **fields)


def test_an_account_is_named_by_its_name_or_by_its_service():
    settings = Settings(accounts=(MINE,))
    assert account_named(settings, "mine") == account_named(settings, "hypothesis") == MINE
    assert account_named(Settings(), "hypothesis").service == "hypothesis"
    with pytest.raises(InvalidInput, match="Did you mean “hypothesis”"):
        account_named(settings, "hypothesys")
    two = Settings(accounts=(MINE, Account(name="other", service="hypothesis")))
    with pytest.raises(InvalidInput, match="2 accounts"):
        account_named(two, "hypothesis")
    assert account_named(two, "other").name == "other"


def test_a_token_is_in_a_file_a_variable_or_the_keyring(tmp_path, monkeypatch):
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    assert header(mine(token_file=path)) == f"Bearer {TOKEN}"
    assert header(mine(), {"ANNOTATOR_HYPOTHESIS_TOKEN": TOKEN}) == f"Bearer {TOKEN}"
    assert header(mine(token_variable="OTHER"), {"OTHER": TOKEN}) == f"Bearer {TOKEN}"
    known = {("annotator", "desk"): TOKEN}
    errors = ModuleType("keyring.errors")
    errors.KeyringError = KeyError
    ring = SimpleNamespace(get_password=lambda *names: known[names])
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert header(mine(token_keyring="desk")) == f"Bearer {TOKEN}"
    with pytest.raises(InvalidInput, match="did not give the token “other”"):
        header(mine(token_keyring="other"))


def test_a_missing_token_or_keyring_says_what_to_do(monkeypatch):
    with pytest.raises(InvalidInput, match="needs a token"):
        header(mine())
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(InvalidInput, match="optional package"):
        header(mine(token_keyring="desk"))


def test_a_token_is_to_be_found_on_the_server_of_the_account():
    own = "https://h.example.net/api/"
    for address, place in ((own, "h.example.net"), ("https://api.hypothes.is/api", "hypothes.is")):
        with pytest.raises(InvalidInput) as caught:
            header(mine(address=address))
        assert caught.value.hint.endswith(f" You find it at {place}/account/developer.")
    with pytest.raises(InvalidInput) as caught:
        header(Account(name="links", service="linkding", address=own))
    assert caught.value.hint.endswith(" You find it at its Settings, Integrations.")


def test_a_token_does_not_go_over_the_internet_unencrypted():
    for address in ("http://127.0.0.1:5000/api", "http://nas.lan/api", "http://box/api"):
        assert ServiceSession(address, {"Authorization": TOKEN}, pace=Pace()).base == address
    for address in ("http://example.org/api", "http://[2a00:1450::1]/api"):
        with pytest.raises(InvalidInput, match="without encryption"):
            ServiceSession(address, {"Authorization": TOKEN}, pace=Pace())


async def test_each_account_is_named_with_what_went_there(publish, marks, library, tmp_path):
    await publish()
    folders = Folders(
        tmp_path / "data", tmp_path / "cache", tmp_path / "state", tmp_path / "config"
    )
    settings = Settings(accounts=(Account(name="other", service="hypothesis"),))
    sent = look(library.folder, folders, settings).sent
    assert "Nothing was sent to the account other (hypothesis)." in sent
    assert any("account mine (http" in line and "2 things" in line for line in sent)
