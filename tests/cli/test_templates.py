"""`annotator export templates` and `--preset`, from the settings to the files."""

import json


def test_templates_are_written_once_edited_and_used(run, kept, home):
    folder = home / ".config" / "annotator" / "templates"
    assert "not written" in run("export", "templates").out
    assert run("export", "templates", "--init").out.count("new\t") == 5
    assert run("config", "path", "templates").out.strip() == str(folder)
    (folder / "mark.jinja").write_text("{{ mark.quote | upper }}", "utf-8")
    (folder / "file-name.jinja").write_text("../{{ article.title }} (mine)", "utf-8")
    assert run("export", "templates", "--init").out.count("kept\t") == 5
    assert json.loads(run("export", "templates", "--json").out)["templates"]["mark.jinja"]
    assert "Templates OK" in run("config", "check").err
    run("mark", kept, "ran without coal")
    run("export", "--to", home / "vault")
    [file] = (home / "vault").iterdir()
    assert file.name.endswith("(mine).md")
    assert "RAN WITHOUT COAL\n" in file.read_text("utf-8")
    (folder / "mark.jinja").write_text("{{ mark.quote }}!", "utf-8")
    assert run("export", "--to", home / "vault").out.startswith("updated")
    assert "ran without coal!\n" in file.read_text("utf-8")
    assert run("export", "--to", home / "vault").out.startswith("unchanged")


def test_a_mistake_in_a_template_is_told_before_anything_is_written(run, kept, home):
    run("mark", kept, "ran without coal")
    run("export", "templates", "--init")
    template = home / ".config" / "annotator" / "templates" / "mark.jinja"
    template.write_text("{{ mark.quote }}\n{{ mark.qoute }}", "utf-8")
    for command in (
        ("export", "--to", home / "vault"),
        ("config", "check"),
        ("export", "templates"),
    ):
        done = run(*command)
        assert done.code == 7
        assert "mark.jinja, line 2: mark has no attribute 'qoute'" in done.err
    assert not (home / "vault").exists()
    template.write_bytes(b"\xff")
    assert "it is not UTF-8" in run("config", "check").err


def test_a_preset_is_chosen_by_an_option_or_in_the_settings(run, kept, home):
    run("mark", kept, "ran without coal")
    run("export", "--to", home / "org", "--preset", "org")
    [file] = (home / "org").iterdir()
    assert file.suffix == ".org"
    assert file.read_text("utf-8").startswith("#+title: ")
    settings = home / ".config" / "annotator" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('export_preset = "logseq"\n', "utf-8")
    run("export", "--to", home / "graph")
    [page] = (home / "graph").iterdir()
    assert page.read_text("utf-8").startswith("title:: ")
    assert run("export", "--to", home / "graph").out.startswith("unchanged")
    settings.write_text('export_preset = "notion"\n', "utf-8")
    assert "obsidian" in run("export").err


def test_the_template_of_a_digest_begins_with_what_digests_have(run, kept, home):
    run("mark", kept, "ran without coal", "--kind", "claim", "--speaker", "Ada", "--tag", "coal")
    run("export", "--digest", "--to", home / "vault")
    [file] = (home / "vault").iterdir()
    before = file.read_text("utf-8")
    run("export", "templates", "--init")
    assert run("export", "--digest", "--to", home / "vault").out.startswith("unchanged")
    assert file.read_text("utf-8") == before
    template = home / ".config" / "annotator" / "templates" / "digest.jinja"
    template.write_text("{{ mark.quote | upper }} {{ place }}", "utf-8")
    run("export", "--digest", "--to", home / "vault")
    assert "RAN WITHOUT COAL" in file.read_text("utf-8")


def test_init_is_only_for_templates(run, home):
    assert "only for templates" in run("export", "--init", "--to", home).err
