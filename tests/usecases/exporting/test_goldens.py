"""What notes, digests and files of every format look like, for one small varied library."""

import re
import shutil
from pathlib import Path

import pytest

from annotator.export import exporters
from annotator.export.markdown.note import note_exporter
from annotator.export.markdown.presets import PRESETS
from annotator.store import Library
from annotator.store.exports.export_folder import TABLES, TABLES_VERSION
from annotator.usecases.exporting.digest import DigestOptions, export_digest
from annotator.usecases.exporting.export import ExportOptions, export_articles, version_of
from annotator.usecases.exporting.export_collection import CollectionOptions, collection_export
from annotator.usecases.exporting.vault import Vault
from builders import MOMENT
from goldens import check_goldens
from varied_library import fill

HERE = Path(__file__).parent / "goldens"
EARLIER = Path(__file__).parent / "earlier_notes"
NUMBERS = "VERSION in export/markdown/note.py or in usecases/exporting/export.py"
OWN = re.compile(r"(<(style|script)>).*?(</\2>)|'sha256-[^']*'", re.DOTALL)  # files of their own


@pytest.fixture
def filled(library):
    fill(library)
    return library


def texts_in(folder):
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: path.read_text("utf-8") for path in paths}


@pytest.mark.parametrize("name", PRESETS)
def test_notes_are_written_as_ever(name, filled, tmp_path, request):
    def export(folder, **options):
        export_articles(
            filled,
            None,
            Vault(tmp_path / folder, tmp_path / "state", preset=name),
            options=ExportOptions(has_unmarked=True, **options),
        )
        return texts_in(tmp_path / folder)

    outputs = export("notes")
    if PRESETS[name].highlight:
        whole = export("whole", has_text=True)
        outputs |= {f"text of {file}": text for file, text in whole.items()}
    assert len(outputs) >= 4
    version = version_of(note_exporter(PRESETS[name]))
    check_goldens(request, HERE / name, outputs, version=version, numbers=NUMBERS)


@pytest.mark.parametrize("kept", sorted(path.name for path in EARLIER.iterdir()))
def test_a_note_of_each_version_is_merged(kept, filled, tmp_path):
    """The notes of every number that a release had stay in `earlier_notes`."""
    vault = Vault(tmp_path / "vault", tmp_path / "state", preset=kept.partition("-")[0])
    export_articles(filled, None, vault, options=ExportOptions(has_unmarked=True))
    now = texts_in(vault.folder)
    shutil.rmtree(tmp_path / "state")
    for path in (EARLIER / kept).iterdir():
        text = path.read_text("utf-8")
        (vault.folder / path.name).write_text(f"{text}\nWhat I thought of it.\n", "utf-8")
        report = export_articles(filled, None, vault, options=ExportOptions(has_unmarked=True))
        assert report.first_error is None
        merged = texts_in(vault.folder)
        assert merged.keys() == now.keys()
        assert merged[path.name].count("What I thought of it.") == 1
        ids = re.findall("annotator:begin (\\w+)", now[path.name])
        assert ids
        assert re.findall("annotator:begin (\\w+)", merged[path.name]) == ids


@pytest.mark.parametrize("name", PRESETS)
def test_digests_are_written_as_ever(name, filled, tmp_path, request):
    vault = Vault(tmp_path / "vault", tmp_path / "state", preset=name)
    export_articles(filled, None, vault)
    notes = texts_in(vault.folder)
    for grouping in ("tag", "article"):
        options = DigestOptions(f"By {grouping}", grouping)
        export_digest(filled, [], vault, options=options, now=MOMENT)
    digests = {file: text for file, text in texts_in(vault.folder).items() if file not in notes}
    assert len(digests) == 2
    check_goldens(request, HERE / f"digests-of-{name}", digests)


def test_every_format_writes_what_it_ever_wrote(filled, request):
    outputs = {}
    for name in exporters.built_in_formats("collection"):
        suffix = exporters.exporter(name).suffix
        outputs[f"{name}{suffix}"] = text_of(filled, name)
    outputs["html of one.html"] = text_of(filled, "html", "site:example.org")
    outputs["html of a digest.html"] = text_of(filled, "html", title="A & B")
    check_goldens(request, HERE / "formats", outputs)


def text_of(library: Library, name: str, *words: str, title: str = "") -> str:
    options = CollectionOptions(title=title)
    export = collection_export(library, words, format_name=name, options=options)
    return OWN.sub(r"\1\3", "".join(export.pieces()))


def test_the_memory_of_a_folder_is_as_it_was(request):
    check_goldens(
        request,
        HERE / "memory-of-a-folder",
        {"tables.sql": TABLES},
        version=str(TABLES_VERSION),
        numbers="TABLES_VERSION in store/exports/export_folder.py",
    )
