"""Templates of users are tried with an article that has everything, and with one that lacks it."""

import pytest

from annotator.errors import SettingsError
from annotator.export.markdown.presets import PRESETS, preset_named
from annotator.export.markdown.template_trial import try_templates, variables

OF_ARTICLES = (
    *("title", "alias", "url", "source_line", "site", "authors", "published", "description"),
    *("language", "tags", "completeness"),
)
OF_MARKS = (
    *("note", "tags", "link", "found", "now", "fields", "links", "backlinks", "claim.speaker"),
    "claim.verdict",
)


def mistaken(template, text):
    preset = preset_named("obsidian", {f"{template}.jinja": text})
    with pytest.raises(SettingsError, match="'nothing' is undefined") as caught:
        try_templates(preset)
    return caught.value.message


@pytest.mark.parametrize("name", PRESETS)
def test_the_templates_of_a_preset_have_no_mistakes(name):
    assert try_templates(preset_named(name, PRESETS[name].templates)) is None


@pytest.mark.parametrize("template", ["file-name", "properties", "header"])
def test_a_mistake_about_what_only_some_articles_have_is_told(template):
    for name in OF_ARTICLES:
        assert template in mistaken(
            template, f"{{% if article.{name} %}}{{{{ nothing }}}}{{% endif %}}"
        )
        mistaken(template, f"{{% if not article.{name} %}}{{{{ nothing }}}}{{% endif %}}")


def test_a_mistake_about_what_only_some_marks_have_is_told():
    for name in OF_MARKS:
        assert "mark" in mistaken("mark", f"{{% if mark.{name} %}}{{{{ nothing }}}}{{% endif %}}")
        mistaken("mark", f"{{% if not mark.{name} %}}{{{{ nothing }}}}{{% endif %}}")


@pytest.mark.parametrize("side", ["links", "backlinks"])
def test_a_mistake_in_what_is_written_for_each_link_is_told(side):
    begin, end = f"{{% for link in mark.{side} %}}", "{% endif %}{% endfor %}"
    for name in ("relation", "words", "id", "block", "is_here", "note"):
        mistaken("mark", f"{begin}{{% if link.{name} %}}{{{{ nothing }}}}{end}")
    mistaken("mark", f"{begin}{{% if not link.address %}}{{{{ nothing }}}}{end}")


def test_a_mistake_in_the_template_of_digests_is_told():
    for name in ("mark.note", "article.title", "place", "evidence"):
        assert "digest" in mistaken("digest", f"{{% if {name} %}}{{{{ nothing }}}}{{% endif %}}")


def test_the_variables_are_named_by_what_they_belong_to():
    names = [variable.name for variable in variables()]
    assert {"article.title", "mark.quote", "field.label", "link.is_here", "place"} <= {*names}
    assert not {"mark", "article", ".place"}.intersection(names)
    assert len(names) == len(set(names))
