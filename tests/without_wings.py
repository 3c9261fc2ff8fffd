"""A run of the tests of the core, in which no wing can be imported.

    python -m pytest --without-wings

The wings are those of the import contract. The tests of a wing are left out, as they are
listed below; all others must pass.
"""

import sys
import tomllib
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
WING_TESTS = frozenset(  # and those of the whole program: its guides, its wheel, its readers
    {
        "agents",
        "citing",
        "cli/plain/test_main_job.py",
        "cli/plain/test_random_lines.py",
        "cli/plain/test_session.py",
        "cli/plain/test_words.py",
        "cli/test_cite.py",
        "cli/test_export_collections.py",
        "cli/test_export_digest.py::test_options_that_do_not_go_together_are_refused",
        "cli/test_hostile_screens.py::test_every_screen_is_visited_by_the_benchmark",
        "cli/test_import.py",
        "cli/test_mcp.py",
        "cli/test_proposals.py::test_a_taken_one_is_a_mark_that_says_so_everywhere",
        "cli/test_publish.py",
        "cli/test_review_and_stats.py",
        "cli/test_schemas.py",
        "cli/test_similar.py",
        "export/collections",
        "export/test_example_format.py",
        "export/test_exporters.py::test_every_built_in_format_has_its_name",
        "export/test_footnotes.py",
        "export/test_goldens.py::test_every_format_writes_a_varied_collection_as_it_ever_did",
        "importing",
        "similarity",
        "test_docs.py",
        "test_examples.py",
        "test_fuzz.py",
        "test_house.py::test_every_public_method_is_described_where_it_or_what_it_overrides_is_declared",
        "test_reference.py",
        "test_wheel.py",
        "tui/daily",
        "tui/statistics",
        "tui/test_dialogs.py::test_a_digest_has_a_name_and_groups_and_other_formats_a_file",
        "tui/test_hostile_text.py::test_names_are_shown_literally_on_all_lists_of_marks",
        "tui/test_importing.py",
        "tui/test_keymap.py::test_groups_name_only_places_and_keys_that_exist",
        "tui/test_library_screen.py::test_a_digest_and_a_file_of_the_listed_articles_are_exported",
        "tui/test_proposals.py::test_they_are_reached_from_the_review_and_the_list_of_marks",
        "tui/test_similar_claims.py",
        "tui/test_snapshots.py::test_a_mark_of_the_daily_review_on_paper",
        "tui/test_snapshots.py::test_the_statistics_at_night",
        "tui/test_workers.py::test_keys_pass_as_soon_as_a_screen_of_a_wing_is_open",
        "usecases/exporting/test_cite.py",
        "usecases/exporting/test_export_collection.py",
        "usecases/exporting/test_goldens.py::test_every_format_writes_what_it_ever_wrote",
        "usecases/importing",
        "usecases/marks/test_daily.py",
        "usecases/marks/test_meaning.py",
        "usecases/marks/test_similar.py",
        "usecases/publishing",
        "usecases/queries/test_statistics.py",
    }
)
CONTRACT = "Wings are reached by registries"


def wings() -> Iterator[str]:
    """Yield the modules that no other may import."""
    project = tomllib.loads((TESTS.parent / "pyproject.toml").read_text("utf-8"))
    for contract in project["tool"]["importlinter"]["contracts"]:
        if contract["name"].startswith(CONTRACT):
            yield from contract["protected_modules"]


class Refusing(MetaPathFinder):
    """Finds no module of a wing, as if it were not installed."""

    def __init__(self) -> None:
        self._wings = tuple(wings())

    def find_spec(self, name: str, *_: object) -> None:
        """Raise `ModuleNotFoundError` for a module of a wing."""
        if any(name == wing or name.startswith(f"{wing}.") for wing in self._wings):
            raise ModuleNotFoundError(f"{name} is a wing, which is left out", name=name)


class Core:
    """The tests of the core, as a plug-in of pytest."""

    def __init__(self) -> None:
        sys.meta_path.insert(0, Refusing())

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out folders and modules of tests of wings."""
        return True if _name(collection_path) in WING_TESTS else None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out single tests that need a wing."""
        items[:] = [
            item
            for item in items
            if f"{_name(item.path)}::{getattr(item, 'originalname', '')}" not in WING_TESTS
        ]


def _name(path: Path) -> str:
    return path.relative_to(TESTS).as_posix() if path.is_relative_to(TESTS) else ""
