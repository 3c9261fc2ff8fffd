"""References of Zotero and other citation programs, with DOIs where there is no address."""

import json
import unicodedata
from pathlib import Path

import pytest

from annotator.importing.formats.bibtex import plain
from importing_files import read_file

KEPT = Path(__file__).parents[1] / "usecases" / "exporting" / "goldens" / "formats"


def test_zotero_tables_find_by_their_doi_what_has_no_address():
    items, skipped = read_file(
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","DOI",'
        '"Url","Abstract Note","Date","Date Added","Date Modified","Manual Tags",'
        '"Automatic Tags","Notes"\n'
        '"AB","journalArticle","2020","Lee, Ann; Ray, Bob","On bread","Grain","","10.1000/a.b",'
        '"","It rose.","2020-03-01","2024-01-02 10:00:00","","wheat; rye","","<p>See.</p>"\n'
        '"CD","webpage","","","A page","","","","https://example.org/a","","","","","","",""\n'
        '"EF","book","1999","Poe, Edgar A.","A book","","","","","","1999","","","","",""\n',
        expected="zotero-csv",
    )
    article, page, book = items
    assert not skipped
    assert (article.url, article.doi) == ("https://doi.org/10.1000/a.b", "10.1000/a.b")
    assert (article.authors, article.site_name) == (("Ann Lee", "Bob Ray"), "Grain")
    assert (article.tags, article.note, article.excerpt) == (("wheat", "rye"), "See.", "It rose.")
    assert (article.published, article.added.year) == ("2020-03-01", 2024)
    assert (page.url, page.medium, book.medium, book.url) == (
        "https://example.org/a",
        "page",
        "book",
        "",
    )


def test_csl_json_of_zotero_and_of_annotator_is_read():
    items, _ = read_file(
        '[{"id": "lee2020", "type": "article-journal", "title": "On bread", "DOI": "10.1000/182",'
        '"container-title": "Grain", "author": [{"family": "Lee", "given": "Ann"},'
        '{"literal": "The Bakers"}, {"family": "Berg", "given": "Jan",'
        '"non-dropping-particle": "van den"}], "issued": {"date-parts": [["2020", 3]]},'
        '"keyword": "wheat, rye"}]',
        expected="csl-json",
    )
    [item] = items
    assert (item.url, item.doi) == ("https://doi.org/10.1000/182", "10.1000/182")
    assert item.authors == ("Ann Lee", "The Bakers", "Jan van den Berg")
    assert (item.published, item.tags, item.source_id) == ("2020-03", ("wheat", "rye"), "lee2020")
    own, _ = read_file((KEPT / "csl-json.json").read_bytes(), expected="csl-json")
    assert {item.url for item in own} >= {"https://b.example/ar"}


def test_bibtex_is_text_without_commands():
    items, _ = read_file(
        "% a comment\n@string{grain = {Grain}}\n"
        "@article{lee2020,\n"
        "  author = {Lee, Ann and {The Bakers and Co.} and Ol{\\'e}, Jos\\'{e}},\n"
        '  title = "On {B}read \\& {\\"U}berfluss -- a \\emph{study}",\n'
        "  journal = grain # { Quarterly},\n  year = 2020, month = mar,\n"
        "  doi = {10.1000/a_b},\n  keywords = {wheat, rye}\n}\n"
        "@online{page, title={A page}, url={https://example.org/a_b?c=1&d=2},"
        " urldate={2024-01-02}}\n"
        "@book{poe, title={A book}, author={Poe, Jr., Edgar}, year=1999}\n",
        expected="bibtex",
    )
    article, page, book = items
    assert article.title == "On Bread & Überfluss – a study"
    assert article.authors == ("Ann Lee", "The Bakers and Co.", "José Olé")
    assert (article.site_name, article.published) == ("Grain Quarterly", "2020-03")
    assert (article.url, article.tags) == ("https://doi.org/10.1000/a_b", ("wheat", "rye"))
    assert (page.url, page.added.year) == ("https://example.org/a_b?c=1&d=2", 2024)
    assert (book.medium, book.authors) == ("book", ("Edgar Poe, Jr.",))
    own, _ = read_file((KEPT / "bibtex.bib").read_bytes(), expected="bibtex")
    assert {item.url for item in own} >= {"https://b.example/ar"}


@pytest.mark.parametrize("text", ["@article{a,\n title = {Open", "@article{a, title = {B}, @@ {{{"])
def test_a_bibliography_that_is_cut_gives_what_is_there(text):
    items, _ = read_file(f"@misc{{x, title={{First}}, url={{https://example.org/x}}}}\n{text}")
    assert items[0].title == "First"


def test_ris_has_tags_on_lines_and_values_over_several():
    items, _ = read_file(
        "TY  - JOUR\nAU  - Lee, Ann\nAU  - Ray, Bob\nTI  - On bread\n of all sorts\n"
        "PY  - 2020/03/01/\nDO  - 10.1000/182\nKW  - wheat\nKW  - rye\nAB  - It rose.\nER  - \n"
        "\nTY  - BOOK\nTI  - A book\nER  - \n",
        expected="ris",
    )
    article, book = items
    assert (article.title, article.authors) == ("On bread of all sorts", ("Ann Lee", "Bob Ray"))
    assert (article.url, article.tags) == ("https://doi.org/10.1000/182", ("wheat", "rye"))
    assert (article.published, book.medium) == ("2020-03-01", "book")


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<bib:Article rdf:about="#item_1">
 <z:itemType>journalArticle</z:itemType>
 <dcterms:isPartOf rdf:resource="urn:issn:1"/>
 <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Lee</foaf:surname>
  <foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
 <dcterms:isReferencedBy rdf:resource="#item_2"/>
 <dc:subject>wheat</dc:subject>
 <dc:subject><z:AutomaticTag><rdf:value>rye</rdf:value></z:AutomaticTag></dc:subject>
 <dc:title>On bread</dc:title><dcterms:abstract>It rose.</dcterms:abstract>
 <dc:date>2020-03-01</dc:date>
</bib:Article>
<bib:Journal rdf:about="urn:issn:1"><dc:title>Grain</dc:title>
 <dc:identifier>DOI 10.1000/182</dc:identifier></bib:Journal>
<bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;See.&lt;/p&gt;</rdf:value></bib:Memo>
<bib:Document rdf:about="https://example.org/a"><z:itemType>webpage</z:itemType>
 <dc:identifier><dcterms:URI><rdf:value>https://example.org/a</rdf:value></dcterms:URI>
 </dc:identifier><dc:title>A page</dc:title></bib:Document>
</rdf:RDF>
"""


def test_zotero_rdf_joins_what_names_each_other():
    items, _ = read_file(RDF, expected="zotero-rdf")
    article, page = items
    assert (article.title, article.authors, article.site_name) == (
        "On bread",
        ("Ann Lee",),
        "Grain",
    )
    assert (article.url, article.doi) == ("https://doi.org/10.1000/182", "10.1000/182")
    assert (article.tags, article.note, article.excerpt) == (("wheat", "rye"), "See.", "It rose.")
    assert (page.url, page.title) == ("https://example.org/a", "A page")
    items, skipped = read_file(RDF[: RDF.index("</rdf:RDF>")])
    assert len(items) == 2
    assert "not XML" in skipped[0].reason


def test_better_bibtex_keeps_notes_that_are_text_and_dois():
    items, _ = read_file(
        '{"config": {}, "items": [{"itemType": "journalArticle", "key": "A", "title": "T",'
        '"DOI": "10.1000/182", "notes": ["<p>As text.</p>", {"note": "<p>In a note.</p>"}]}]}',
        expected="zotero",
    )
    [item] = items
    assert item.note == "As text.\n\nIn a note."
    assert (item.url, item.doi) == ("https://doi.org/10.1000/182", "10.1000/182")


def test_endnote_has_tags_with_values_over_several_lines():
    items, _ = read_file(
        "%0 Journal Article\n%A Lee, Ann\n%A Ray, Bob,\n%E Poe, Ed\n%D 2015\n%T On bread\n"
        "%J Grain\n"
        "%U https://example.org/a\n%R 10.1000/182\n%K wheat\nrye\n%X It rose.\nAgain.\n"
        "%Z p. 9\n\n%0 Book\n%E Poe, Ed\n%T A book\n%D 2017\n",
        expected="endnote",
    )
    page, book = items
    assert (page.title, page.authors) == ("On bread", ("Ann Lee", "Bob Ray"))
    assert (page.url, page.doi, page.published) == ("https://example.org/a", "10.1000/182", "2015")
    assert (page.tags, page.excerpt, page.note) == (("wheat", "rye"), "It rose. Again.", "p. 9")
    assert (page.site_name, page.line) == ("Grain", 1)
    assert (book.medium, book.authors, book.line) == ("book", ("Ed Poe",), 16)


def test_endnote_in_xml_has_styles_within_values():
    [item], _ = read_file(
        '<?xml version="1.0"?><xml><records><record><ref-type name="Web Page">12</ref-type>'
        "<contributors><authors><author><style>Lee, Ann</style></author></authors>"
        "<subsidiary-authors><author>Ray, Bob</author></subsidiary-authors></contributors>"
        "<titles><title><style>On </style><style face='italic'>bread</style></title></titles>"
        "<keywords><keyword>wheat</keyword><keyword>rye</keyword></keywords>"
        "<dates><year>2018</year></dates><urls><related-urls>"
        "<url>https://example.org/?a=1&amp;b=2</url></related-urls></urls>"
        "<notes>p. 9</notes><research-notes>Check.</research-notes></record></records></xml>",
        expected="endnote",
    )
    assert (item.title, item.authors) == ("On bread", ("Ann Lee",))
    assert (item.url, item.tags) == ("https://example.org/?a=1&b=2", ("wheat", "rye"))
    assert (item.note, item.published, item.medium) == ("p. 9\n\nCheck.", "2018", "page")


def test_a_long_abstract_is_kept_whole():
    abstract = "It rose by a tenth. " * 40
    fields = f"TY  - WEB\nTI  - A\nUR  - https://example.org/\nAB  - {abstract}\n"
    [item], _ = read_file(f"{fields}ER  -\n")
    assert item.excerpt == abstract.strip()


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Erd{\H o}s, P{\'a}l and Dvo{\v r}{\'a}k", "Erdős, Pál and Dvořák"),
        (r"\DH\TH\DJ\NG\ng{} and \'{\aa}", "ÐÞĐŊŋ and ǻ"),
        (r"\textcommabelow{S}tefan, \c{S}, \'\i, \~n", "Ștefan, Ş, í, ñ"),
        (r"$\alpha$-helix, H$_2$O, $\rightarrow$ and \Omega", "α-helix, H_2O, → and Ω"),
        (r"?`C\'omo? !`Hola! 5\,\% \texttrademark", "¿Cómo? ¡Hola! 5 % ™"),
        (r"\LaTeX{} and \unknown{words} and \foo bar", "LaTeX and words and foo bar"),
        (r"\href{https://a.example/}{words} \url{https://b.example/c_d}",
         "words (https://a.example/) https://b.example/c_d"),
        (r"\begin{itemize}\item one\end{itemize}\\two \textbackslash{} \~{}", "one two \\ ~"),
        (r"\write18{rm} \input{/etc/passwd}", r"\write18rm /etc/passwd"),
        ("{" * 50_000 + r"\'" * 50_000 + "x", "x\u0301"),
    ],
)  # fmt: skip
def test_tex_becomes_letters_and_no_words_are_lost(tex, text):
    assert plain(tex)[:200] == text or plain(tex).endswith(text)


def test_names_with_accents_are_those_that_another_reader_of_tex_gives():
    latex2text = pytest.importorskip("pylatexenc.latex2text").LatexNodes2Text()
    accents = [
        f"\\{sign}{{{letter}}}" for sign in "\"'`^~=.cvuHrkdb" for letter in "aceinosuyzAÉEZ"
    ]
    letters = [
        f"{{\\{name}}}"
        for name in [
            "ss",
            "o",
            "O",
            "l",
            "L",
            "ae",
            "AE",
            "oe",
            "OE",
            "aa",
            "AA",
            "dh",
            "DH",
            "th",
            "TH",
            "dj",
            "DJ",
        ]
    ]
    for tex in (*accents, *letters, r"\'{\i}", r"G{\"o}del", r"{\o}re", r"Fran\c{c}ois"):
        expected = unicodedata.normalize("NFC", latex2text.latex_to_text(tex))
        assert plain(tex) == expected, tex


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "items", "reasons"),
    [
        ("@misc{a, title={Open\n" * 20_000, 20_001, ()),  # once each was read to the end
        ("@string{a0={x x x x}}\n"
         + "".join(f"@string{{a{n}=a{n - 1} # a{n - 1} # a{n - 1}}}\n" for n in range(1, 40))
         + "@misc{z, title=a39}\n", 2, ()),
        ("@misc{a, title={" + "{" * 200_000 + "x" + "}" * 200_000 + "}}\n", 2, ()),
        ("@misc{a, title={" + "\n" * 400_000 + "x}}" + "\n" * 400_000, 2, ()),  # again from each
        ("@misc{empty, }\n", 1, ("The entry has no fields.",)),
        ("@misc{a, title={T}, file={:files/a.pdf:PDF}}\n", 2, ()),
    ],
)  # fmt: skip
def test_a_hostile_bibliography_is_read_to_its_end(text, items, reasons):
    good = "@misc{good, title={Good}, url={https://example.org/x}}\n"
    read, skipped = read_file(text + good, expected="bibtex")
    assert len(read) == items
    assert read[-1].title == "Good"
    assert max(len(item.title) for item in read) < 20_000
    assert tuple(skip.reason for skip in skipped) == reasons


def test_an_entry_that_is_not_closed_says_so_and_others_do_not():
    remark = "A brace or quotation mark of the entry is not closed."
    ends = {
        "title = {Open,\n url = {https://example.org/}\n}\n": "",
        "url = {https://example.org/},\n title = {Open\n}\n": "https://example.org/",
        'url = {https://example.org/},\n title = "Open\n}\n': "https://example.org/",
    }
    whole = "@misc{b, title = {Whole}, url = {https://example.org/b},\n}\n"
    for fields, url in ends.items():
        for rest in ("", whole):
            [item, *others], _ = read_file(f"@misc{{a,\n {fields}{rest}", expected="bibtex")
            assert item.remarks[0] == remark
            assert url in {"", item.url}
            assert [(other.title, other.remarks) for other in others] == [("Whole", ())] * bool(
                rest
            )


def test_what_is_no_date_is_a_remark_and_of_words_with_a_year_the_year_is_kept():
    def dated(words):
        reference = {"id": "a", "type": "book", "URL": "https://example.org/", "issued": words}
        [item], _ = read_file(json.dumps([reference]), expected="csl-json")
        return item.published, item.remarks

    assert dated({"raw": "sometime"}) == ("", ("“sometime” is not a date.",))
    assert dated({"raw": "Spring 2020"}) == ("2020", ())
    assert dated({"literal": "12 May 2020"}) == ("2020-05-12", ())
    assert dated({"date-parts": [[476]]}) == ("476", ())
    entry = "@misc{a, title={A}, url={https://example.org/}, year={in press}}\n"
    [item], _ = read_file(entry, expected="bibtex")
    assert (item.published, item.remarks) == ("", ("“in press” is not a date.",))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le"])
def test_references_are_read_in_any_usual_encoding(codec):
    ris = "TY  - JOUR\nTI  - Über Brot\nAU  - Müller, Jörg\nUR  - https://example.org/\nER  - \n"
    [item], _ = read_file(ris.encode(codec), expected="ris")
    assert (item.title, item.authors) == ("Über Brot", ("Jörg Müller",))
    [item], _ = read_file(
        "TY  - JOUR\nTI  - Über\nUR  - https://e.org/\nER  - \n".encode("latin-1")
    )
    assert item.title == "Über"


RDF_HEAD = RDF.partition("<bib:Article")[0].replace(
    "xmlns:dc=", 'xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc='
)


def test_zotero_rdf_has_collections_as_tags_and_names_its_files():
    [item], skipped = read_file(
        f"""{RDF_HEAD}
<bib:Document rdf:about="https://example.org/a"><z:itemType>webpage</z:itemType>
 <dc:title>A page</dc:title><dc:description>DOI: 10.1000/182</dc:description>
 <link:link rdf:resource="#item_7"/></bib:Document>
<z:Attachment rdf:about="#item_7"><rdf:resource rdf:resource="files/7/a.pdf"/>
 <dc:title>PDF</dc:title><link:type>application/pdf</link:type></z:Attachment>
<z:Attachment rdf:about="#item_8"><rdf:resource rdf:resource="files/8/b.pdf"/>
 <dc:title>Alone</dc:title><link:type>application/pdf</link:type></z:Attachment>
<z:Collection rdf:about="#collection_1"><dc:title>Food</dc:title>
 <dcterms:hasPart rdf:resource="#collection_2"/></z:Collection>
<z:Collection rdf:about="#collection_2"><dc:title>Bread</dc:title>
 <dcterms:hasPart rdf:resource="https://example.org/a"/></z:Collection>
</rdf:RDF>""",
        expected="zotero-rdf",
    )
    assert (item.tags, item.doi) == (("Food/Bread",), "10.1000/182")
    assert item.remarks == ("Its file “files/7/a.pdf” is not read: `annotator add` takes it.",)
    assert [(skip.what, "files/8/b.pdf" in skip.reason) for skip in skipped] == [("Alone", True)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>{RDF_HEAD}</rdf:RDF>', "harmful"),
        (f'<!DOCTYPE r SYSTEM "file:///etc/passwd">{RDF_HEAD}</rdf:RDF>', "harmful"),
        (RDF_HEAD + "<bib:Article>" * 10_000, "nested more than"),
        (RDF_HEAD + '<z:Collection rdf:about="#c"><dcterms:hasPart rdf:resource="#c"/>', "not XML"),
    ],
)
def test_a_hostile_rdf_is_refused_in_a_sentence(text, reason):
    items, skipped = read_file(text)
    assert not items
    assert reason in skipped[-1].reason
