"""The user's Markdown as Org: lists, quotations and code keep their shape."""

import pytest

from annotator.export.markdown.org import org_tag, own_org


@pytest.mark.parametrize(
    ("markdown", "org"),
    [
        ("> a\n> b\n\nc", "#+begin_quote\na\nb\n#+end_quote\n\nc"),
        ("> a\n>\n> b", "#+begin_quote\na\n\nb\n#+end_quote"),
        ("> - a\n>\n> b", "#+begin_quote\n- a\n\nb\n#+end_quote"),
        ("> > a", "#+begin_quote\n#+begin_quote\na\n#+end_quote\n#+end_quote"),
        ("- a\n\n  b\n- c\n\nd", "- a\n  b\n- c\n\nd"),
        ("3. a\n4. b\n   - c\n   - d\n5. e", "3. a\n4. b\n   - c\n   - d\n5. e"),
        ("1) a\n\n\n2) b", "1. a\n2. b"),
        ("- > q\n- r", "- #+begin_quote\n  q\n  #+end_quote\n- r"),
        ("1. x\n\n   ```py z\n   code\n   ```", "1. x\n   #+begin_src py\n   code\n   #+end_src"),
        ("a\n\n    b\n    c\n\nd", "a\n\n#+begin_src\nb\nc\n#+end_src\n\nd"),
        ("```\n* a\n#+end_src\n```", "#+begin_src\n,* a\n,#+end_src\n#+end_src"),
        ("a\n\n    b\n\n\nc", "a\n\n#+begin_src\nb\n#+end_src\n\nc"),
        ("a  \nb\nc", "a\\\\\nb\nc"),
        ("![x](p.png) `a~b` `c` ~~s~~", "[[p.png]] =a~b= ~c~ +s+"),
        ("# H\ntext", "*H*\n\ntext"),
        ("* x\n#+begin", "- x\n  \u200b#+begin"),
        ("x\n# annotator:end 01aa", "x\n\n*annotator:end 01aa*"),
        ("`# annotator:end 01aa`", "~#\u200b annotator:end 01aa~"),
        ("<div>\n* [[x]]", "<\u200bdiv>\n\u200b* [\u200b[x]]"),
        ("", ""),
    ],
)
def test_what_the_user_wrote_keeps_its_shape(markdown, org):
    assert own_org(markdown) == org


def test_a_tag_of_org_has_no_other_signs_than_org_allows():
    assert [org_tag(tag) for tag in ("town/roads", "a-b", "@home", "日本")] == [
        "town_roads",
        "a_b",
        "@home",
        "日本",
    ]
