"""`annotator publish`: from the settings to a server that answers as Hypothesis does."""

import json

import pytest

from annotator.usecases.publishing.hypothesis import Hypothesis
from annotator.usecases.service_session import Pace
from hypothesis_server import PUBLIC, FakeHypothesis, serving_hypothesis

TOKEN = "secret-ann"
WORDS = "Coal made two thirds of the power as late as 1990."


@pytest.fixture
def server(home, monkeypatch, tmp_path, run):
    """Serve Hypothesis, name an account in the settings, and mark a page of the web."""
    monkeypatch.setattr(Hypothesis, "pace", Pace())
    monkeypatch.setattr(Hypothesis, "settle", 0.0)
    (tmp_path / "token").write_text(TOKEN)
    with serving_hypothesis(FakeHypothesis()) as served:
        settings = home / ".config" / "annotator" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(
            f'[[accounts]]\nname = "desk"\nservice = "hypothesis"\naddress = "{served.url}"\n'
            f'token_file = "{tmp_path / "token"}"\ngroup = "{PUBLIC}"\n'
        )
        story = f"The grid\n\n{WORDS} It makes one hundredth of it now, the operator said."
        run("add", "-", "--url", "https://example.org/grid", stdin=story.encode())
        run("mark", "https://example.org/grid", WORDS, "--note", "See p. 4.")
        served.settings = settings
        yield served


def test_a_trial_prints_the_bodies_without_the_token(run, server):
    done = run("publish", "desk", "--dry-run")
    assert done.code == 0
    assert done.out.startswith(f"would send\t{WORDS}")
    assert '"text": "See p. 4."' in done.out
    assert server.sent == []
    assert TOKEN not in done.out + done.err


def test_a_trial_needs_no_account_and_asks_nobody(run, server, monkeypatch, home):
    (home / ".config" / "annotator" / "settings.toml").unlink()
    monkeypatch.setattr(Hypothesis, "address", server.url)
    done = run("publish", "hypothesis", "--dry-run")
    assert (done.code, server.asked) == (0, [])
    assert done.out.startswith(f"would send\t{WORDS}")
    assert "What is at Hypothesis already was not asked: Hypothesis needs a token." in done.err
    assert run("publish", "hypothesis", "--dry-run", "--pull").code == 3
    assert run("publish", "hypothesis", "--dry-run", "--undo").code == 2
    monkeypatch.setenv("ANNOTATOR_HYPOTHESIS_TOKEN", TOKEN)
    server.before = lambda *_: (500, {}, b"")
    done = run("publish", "hypothesis", "--dry-run")
    assert (done.code, server.sent) == (0, [])
    assert done.out.startswith(f"would send\t{WORDS}")
    assert "already was not asked" in done.err
    assert "would send" in run("publish", "linkding", "--dry-run").out


def test_marks_of_other_kinds_are_counted_and_not_sent(run, server):
    more = "It makes one hundredth of it now, the operator said."
    run("mark", "https://example.org/grid", more, "--kind", "evidence")
    done = run("publish", "desk", "--yes")
    assert done.out.startswith(f"sent\t{WORDS}")
    assert done.out.count("\n") == 1
    assert "1 mark of other kinds is not sent, only claim. The marks of the account" in done.err
    assert "1 mark of other kinds" not in run("publish", "desk", "kind:claim").err
    settings = server.settings
    settings.write_text(settings.read_text() + 'marks = ["claim", "evidence"]\n')
    done = run("publish", "desk")
    assert (done.out.startswith(f"sent\t{more}"), "other kinds" in done.err) == (True, False)


def test_a_script_must_agree_and_then_each_thing_is_told_on_a_line(run, server, tmp_path):
    refused = run("publish", "desk")
    assert refused.code == 2
    assert "add --yes" in refused.err
    assert f"“{WORDS}”" in refused.err, "it shows how it will appear"
    assert "Everybody can read it on https://example.org/grid." in refused.err
    assert server.sent == []
    done = run("publish", "desk", "--yes")
    assert (done.code, done.out.split("\t")[:2]) == (0, ["sent", WORDS])
    assert "there is nothing new, and nothing that changed" in run("publish", "desk").err
    [undone] = json.loads(run("publish", "desk", "--undo", "--json").out)
    assert (undone["action"], server.annotations) == ("delete", {})
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "token"]
    assert [path for path in written if TOKEN.encode() in path.read_bytes()] == []


def test_edits_there_are_taken_in_and_can_be_undone_here(run, server):
    run("publish", "desk", "--yes")
    [row] = server.annotations.values()
    server.edit(row["id"], text="See p. 5.")
    server.write("bob", {**row, "text": "Is it?", "annotator": {}})
    done = run("publish", "desk", "--pull")
    assert [line.split("\t")[0] for line in done.out.splitlines()] == ["taken in", "guest"]
    assert "See p. 5." in run("notes").out
    run("undo")
    assert "See p. 4." in run("notes").out


def test_guests_are_fetched_for_an_article_without_marks(run, server):
    run("add", "-", "--url", "https://example.org/bare", stdin=f"Bare\n\n{WORDS}".encode())
    server.write("bob", {
        "uri": "https://example.org/bare", "text": "Hm.", "tags": [],
        "target": [{"selector": [{"type": "TextQuoteSelector", "exact": WORDS}]}],
    })  # fmt: skip
    done = run("publish", "desk", "https://example.org/bare", "--pull")
    assert done.out.startswith(f"guest\t{WORDS}")


def test_what_cannot_be_done_is_said(run, server):
    assert "Nothing can be sent to desks. Did you mean “desk”?" in run("publish", "desks").err
    assert "goes with no query" in run("publish", "desk", "tag:x", "--undo").err
    assert "not in the group elsewhere" in run("publish", "desk", "--group", "elsewhere").err
