"""`annotator report-page`."""

import json
import zipfile

PAGE = """<!doctype html><html lang="en"><head><title>Bread costs more</title></head>
<body><article><h1>Bread costs more</h1>
<p>The price of bread rose by a tenth within a year, the office for statistics said on Friday.</p>
<p>Bakers blame the price of flour, which rose by a third, and that of gas, which has doubled.</p>
<p>Nobody expects that it will fall again before the next harvest is in, in the late summer.</p>
<p>Sign in to continue reading</p></article></body></html>"""


def test_a_page_is_reported_and_cleaned_again(run, tmp_path):
    (tmp_path / "bread.html").write_text(PAGE)
    done = run("report-page", "bread.html", "--to", "bread.zip")
    assert done.code == 0
    assert done.out.startswith(f"written\t{tmp_path / 'bread.zip'}\t")
    assert "Nothing was sent" in done.err
    assert run("report-page", "bread.html", "--to", "bread.zip").code == 6
    reasons = run("show", "bread.zip", "--why").out
    assert "sign_in" in reasons
    assert reasons == run("show", "bread.html", "--why").out


def test_a_saved_article_is_reported_without_your_marks(run, tmp_path):
    (tmp_path / "bread.html").write_text(PAGE)
    article_id = run("add", "bread.html").out.split("\t")[1]
    run("mark", article_id, "The price of bread rose", "--note", "PRIVATE", "--tag", "private")
    report = json.loads(run("report-page", article_id, "--json").out)
    with zipfile.ZipFile(report["path"]) as archive:
        files = [archive.read(name).lower() for name in archive.namelist()]
    assert any(b"the price of bread rose" in data for data in files)
    assert not any(b"private" in data or str(tmp_path).encode() in data for data in files)


def test_a_page_without_an_article_is_reported_with_the_error(run, tmp_path):
    (tmp_path / "empty.html").write_text("<html><body><div id=root></div></body></html>")
    done = run("report-page", "empty.html")
    assert done.code == 0
    assert "No article could be made" in done.err
