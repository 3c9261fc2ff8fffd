"""The typist of the benchmarks, who presses random keys, knows all keys and a way everywhere."""

import pytest

from annotator.tui.app import SCREENS
from annotator.tui.keys.groups import ALL_KEYS, BY_ID
from typist_keys import COMMANDS, ENTRANCES, bytes_of

HOME = "library"


@pytest.mark.parametrize("key_id", ENTRANCES)
def test_an_entrance_is_a_key_with_what_a_terminal_sends_for_it(key_id):
    assert bytes_of(BY_ID[key_id].keys[0])


@pytest.mark.parametrize("screen", [name for name in SCREENS.names() if name != HOME])
def test_a_key_leads_to_every_screen(screen):
    ways = {"reader": "library.open", "tags": "library.all-tags"}
    names = {key_id.partition(".")[2]: key_id for key_id in ENTRANCES}
    if not BY_ID.get(f"program.{screen}", BY_ID["program.help"]).keys:  # only the palette has it
        assert screen in COMMANDS
        return
    way = ways.get(screen) or names[screen]
    assert way in ENTRANCES
    assert screen in ways or screen in BY_ID[way].action


def test_every_key_is_sent_as_a_terminal_sends_it():
    for name in {name for key in ALL_KEYS for name in key.keys}:
        sent = bytes_of(name)
        assert len(sent.decode()) == 1 or sent.startswith(b"\x1b"), name
