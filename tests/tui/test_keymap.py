"""The one list of keys, and what a reader makes of it."""

import importlib
import pkgutil
from collections import Counter
from itertools import combinations

import pytest
from textual.screen import Screen
from textual.widget import Widget

from annotator import tui
from annotator.settings import Settings
from annotator.settings.settings import KEYMAPS
from annotator.tui.keys.groups import (
    ALL_KEYS,
    BY_ID,
    COUNT_DIGITS,
    FOOTERS,
    GROUPS,
    are_active_together,
    bindings,
    keys_of,
)
from annotator.tui.keys.keymap import (
    Keymap,
    key_overrides,
    shown,
    shown_all,
    shown_name,
    textual_name,
    why_unused,
)
from annotator.tui.textual_internals import bindings_of, set_bindings
from documenting import keys as key_page

LIST_KEYS = keys_of("list")
READER_KEYS = keys_of("mark", "reader")


def bound(node: Widget) -> set[str]:
    return {binding.key for binding in bindings_of(node)}


def test_every_id_is_there_once():
    assert max(Counter(key.id for key in ALL_KEYS).values()) == 1


def test_two_keys_that_work_together_differ_unless_one_takes_precedence():
    intended = {
        ("d", "mark.status", "reader.read"),
        ("e", "caret.word-end", "mark.claim"),
        ("full_stop", "caret.grow", "mark.move"),
        ("l", "caret.right", "mark.link"),
        ("enter", "library.open", "list.choose"),
        ("enter", "list.choose", "reader.place"),
        ("enter", "read.open-mark", "reader.place"),
        ("enter", "caret.mark", "reader.place"),
        ("enter", "reader.place", "sentence.mark"),
        ("escape", "reader.leave", "view.leave"),
        ("left_parenthesis", "read.heading-back", "removed.previous"),
        ("right_parenthesis", "read.heading", "removed.next"),
    }
    shared = {
        (name, *sorted((one.id, other.id)))
        for one, other in combinations(ALL_KEYS, 2)
        if are_active_together(one.place, other.place)
        for name in {*one.keys} & {*other.keys}
    }
    assert shared == intended


def test_an_unknown_id_is_told_on_one_line_however_it_was_written():
    (words,) = Keymap({"x\x1b]0;y\x07\r\nz" + "w" * 400: ("ctrl+t",)}).problems.values()
    assert words.startswith("Unknown key id “x z")
    assert words.isprintable()
    assert len(words) < 100


def test_every_key_is_listed_in_the_help():
    assert sum(len(keys) for _, keys in Keymap().groups()) == len(ALL_KEYS)


def test_groups_name_only_places_and_keys_that_exist():
    places = [group.place for group in GROUPS]
    assert max(Counter(places).values()) == 1
    assert {place for group in GROUPS for place in group.active_with} <= {*places}
    assert {group.entered_by for group in GROUPS} - {""} <= {*BY_ID}
    for group in GROUPS:
        assert {*group.of_rows} <= {key.id for key in group.keys}
    assert {place for screen in _screens() for place in screen.PLACES} <= {*places}


def _screens():
    names = (each.name for each in pkgutil.walk_packages(tui.__path__, "annotator.tui."))
    modules = [importlib.import_module(name) for name in names if name.endswith(".screen")]
    found = {each for module in modules for each in vars(module).values() if _has_keys(each)}
    assert len(found) >= len(modules)
    return found


def _has_keys(value):
    return isinstance(value, type) and issubclass(value, Screen) and hasattr(value, "PLACES")


def test_every_key_of_the_status_bar_has_a_short_label():
    named = [entry for entries in FOOTERS.values() for entry in entries]
    assert all(BY_ID[entry].brief if isinstance(entry, str) else entry[1] for entry in named)


def test_a_key_means_one_thing_on_all_screens():
    """An exception is a key of vim in caret mode, a count, an answer, or a key for fields."""
    others = {
        (key.place, name)
        for key in ALL_KEYS
        for name in key.keys
        if not key_page.meaning_of(key, name)
    }
    caret = {("caret", letter) for letter in "befFlw0"}
    counts = {("read", digit) for digit in COUNT_DIGITS}
    fields = {("dialog", f"ctrl+{letter}") for letter in "gost"} | {("dialog", "ctrl+l")}
    assert others == caret | counts | fields | {("question", "y")}
    keys = [name for _, names, _ in key_page.MEANINGS for name in names]
    assert max(Counter(keys).values()) == 1


def test_every_meaning_is_that_of_an_action():
    ids = {name for key in ALL_KEYS for name in (key.id, key.id.partition(".")[2])}
    assert {name for _, _, names in key_page.MEANINGS for name in names} <= ids


def test_the_classic_keys_are_those_of_the_first_versions():
    classic = Keymap(key_overrides(Settings(keymap="classic")))
    shown_keys = {key.id: shown_all(key) for _, keys in classic.groups() for key in keys}
    wanted = {
        "library.sort": "s",
        "library.daily": "d",
        "library.read": "m",
        "claims.status": "1…6",
        "claims.kind": "K",
        "claims.similar": "L",
        "mark.similar": "S",
        "mark.move": "v",
        "tags.rename": "r",
        "bin.restore": "r",
        "reattach.accept": "a",
        "statistics.next": "p Tab",
        "reader.contents": "T",
        "reader.report": "B",
        "read.slide-right": "→ >",
    }
    assert {key_id: shown_keys[key_id] for key_id in wanted} == wanted
    assert {key_id for key_id, keys in shown_keys.items() if not keys} == {
        "mark.kind",
        "mark.speaker",
        "mark.status",
        "program.settings",
        "reader.archive",
        "reader.narrower",
        "reader.next",
        "reader.previous",
        "reader.read",
        "reader.render",
        "reader.wider",
    }  # these came later, without a key


@pytest.mark.parametrize(
    ("name", "places", "mode", "words"),
    [
        ("s", ("claims", "list"), "", "Sort in the next order: > now."),
        ("R", ("library", "table"), "", "Refresh all listed articles: : and these words now."),
        ("w", ("bin", "list"), "", "w does nothing here. In the list of marks: Group by article"),
        ("J", ("read", "sentence"), "read", "J does nothing here. Sentence mode (s): Extend"),
        ("ß", ("bin", "list"), "", "ß does nothing. ? shows the keys."),
        ("escape", ("read", "anywhere", "pane"), "read", ""),
        ("f7", ("bin", "list"), "", ""),
    ],
)
def test_a_key_that_does_nothing_says_where_it_does_or_what_would(name, places, mode, words):
    said = why_unused(Keymap(), name, places, mode)
    assert said.startswith(words)
    assert bool(said) == bool(words)


def test_classic_keys_are_not_said_to_have_moved():
    classic = Keymap(key_overrides(Settings(keymap="classic")))
    assert not why_unused(classic, "s", ("claims", "list"))


def test_an_action_without_a_key_can_be_given_one():
    assert not shown(BY_ID["reader.report"])
    assert Keymap({"reader.report": ("f8",)}).key("reader.report").keys == ("f8",)


def test_keys_are_the_usual_ones_without_settings():
    assert Keymap().of(ALL_KEYS) == ALL_KEYS
    assert Keymap().problems == {}


def test_a_setting_replaces_all_keys_of_an_action():
    keymap = Keymap({"reader.about": ("ctrl+k", "f2")})
    assert keymap.key("reader.about").keys == ("ctrl+k", "f2")
    node = Widget()
    set_bindings(node, bindings(READER_KEYS))
    keymap.bind(node, READER_KEYS)
    assert {"ctrl+k", "f2"} <= bound(node)
    assert "i" not in bound(node)
    assert {"u", "U", "q"} <= bound(node)


def test_other_meanings_of_a_moved_key_stay():
    keymap = Keymap({"list.down": ("f8",)})
    node = Widget()
    set_bindings(node, bindings(LIST_KEYS))
    keymap.bind(node, LIST_KEYS)
    assert {"f8", "k", "up"} <= bound(node)
    assert not {"j", "down"} & bound(node)


@pytest.mark.parametrize(
    ("overrides", "problem"),
    [
        (
            {"reader.fnid": ("f",)},
            "Unknown key id “reader.fnid”. Did you mean “reader.find”?",
        ),
        ({"x": ("f",)}, "Unknown key id “x”."),
        (
            {"reader.find": ("H",)},
            "“reader.find”: H is already the key of “reader.contents”",
        ),
        ({"reader.find": ("j",)}, "“reader.find”: j is already the key of “read.line-down”"),
        ({"reader.find": ("fn9",)}, "“reader.find”: unknown key “fn9”."),
        ({"library.add": ("j",)}, "“library.add”: j is already the key of “list.down”"),
    ],
)
def test_settings_with_errors_are_reported_and_ignored(overrides, problem):
    keymap = Keymap(overrides)
    assert next(iter(keymap.problems.values())).startswith(problem)
    assert keymap.of(ALL_KEYS) == ALL_KEYS


@pytest.mark.parametrize("name", KEYMAPS)
def test_a_preset_has_no_key_with_two_meanings(name):
    assert Keymap(key_overrides(Settings(keymap=name))).problems == {}


def test_the_readers_own_keys_override_the_preset():
    keymap = Keymap(key_overrides(Settings(keymap="less", keys={"mark.copy": ("f9",)})))
    assert keymap.key("mark.copy").keys == ("f9",)
    assert keymap.key("view.half-page-down").keys == ("d", "ctrl+d")


def test_two_keys_can_be_swapped():
    keymap = Keymap({"reader.contents": ("R",), "view.removed": ("H",)})
    assert keymap.problems == {}
    assert keymap.key("reader.contents").keys == ("R",)


def test_keys_of_different_screens_do_not_clash():
    assert Keymap({"library.add": ("e",)}).problems == {}


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("space", "Space"),
        ("slash", "/"),
        ("plus", "+"),
        ("right_curly_bracket", "}"),
        ("ctrl+d", "Ctrl+D"),
        ("shift+down", "Shift+↓"),
        ("G", "G"),
        ("f1", "F1"),
    ],
)
def test_keys_are_shown_as_printed_on_the_keyboard(name, printed):
    assert shown_name(name) == printed


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("PgDn", "pagedown"),
        ("+", "plus"),
        ("Ctrl+F", "ctrl+f"),
        ("G", "G"),
        (",", "comma"),
        ("Esc", "escape"),
    ],
)
def test_keys_can_be_given_as_printed_on_the_keyboard(printed, name):
    assert textual_name(printed) == name


def test_digits_are_shown_as_a_range():
    assert shown(BY_ID["read.count"]) == shown_all(BY_ID["read.count"]) == "0…9"
    assert shown(BY_ID["sentence.mark-kind"]) == "1…9"


def test_changed_keys_apply_wherever_they_are_bound():
    keymap, node = Keymap({"list.down": ("f8",)}), Widget()
    set_bindings(node, bindings(LIST_KEYS))
    keymap.bind(node, LIST_KEYS)
    keymap.use({"list.up": ("f9",)})
    assert {"j", "down", "f9"} <= bound(node)
    assert not {"f8", "k", "up"} & bound(node)
    keymap.use({})
    assert {"j", "down", "k", "up"} <= bound(node)
    assert "f9" not in bound(node)
