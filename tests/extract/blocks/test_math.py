"""Formulas are read as their source, whatever draws them."""

import pytest

KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true">x2</span></span>'
)
ROW = "<mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
DRAWN = {
    "katex": (KATEX, "$x^2$"),
    "mathml whose holder tells its source": (
        '<span data-tex="x^2"><math><msup><mi>x</mi><mn>2</mn></msup></math></span>',
        "$x^2$",
    ),
    "temml": (
        (
            '<span class="hurmet-tex" data-entry="x^2">'
            "<math><msup><mi>x</mi><mn>2</mn></msup></math></span>"
        ),
        "$x^2$",
    ),
    "katex on its own": (f'<span class="katex-display">{KATEX}</span>', "$$x^2$$"),
    "mathjax 2": (
        (
            '<span class="MathJax_Preview">x2</span>'
            '<span class="MathJax" id="M-1"><nobr>x2</nobr></span>'
            '<script type="math/tex" id="M">x^2</script>'
        ),
        "$x^2$",
    ),
    "mathjax 2 with its preview and without its script": (
        (
            '<span class="MathJax_Preview">x2</span><span class="MathJax" data-mathml="&lt;math&gt;'
            '&lt;msup&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;mn&gt;2&lt;/mn&gt;&lt;/msup&gt;&lt;/math&gt;">'
            "<nobr>x2</nobr></span>"
        ),
        "$x^2$",
    ),
    "mathjax 2 on its own": (
        (
            '<span class="MathJax_SVG_Display"><span class="MathJax_SVG"><svg></svg></span></span>'
            '<script type="math/tex; mode=display">x^2</script>'
        ),
        "$$x^2$$",
    ),
    "mathjax 2 without its script": (
        (
            '<span class="MathJax" data-mathml="&lt;math&gt;&lt;msup&gt;&lt;mi&gt;x&lt;/mi&gt;'
            '&lt;mn&gt;2&lt;/mn&gt;&lt;/msup&gt;&lt;/math&gt;"><nobr>x2</nobr></span>'
        ),
        "$x^2$",
    ),
    "mathjax 2 with its mathml inside": (
        (
            '<span class="MathJax_CHTML"><nobr>x2</nobr><span class="MJX_Assistive_MathML">'
            "<math><msup><mi>x</mi><mn>2</mn></msup></math></span></span>"
        ),
        "$x^2$",
    ),
    "mathjax 3": (
        (
            '<mjx-container jax="CHTML"><mjx-math aria-hidden="true"><mjx-mi></mjx-mi></mjx-math>'
            "<mjx-assistive-mml><math><msup><mi>x</mi><mn>2</mn></msup></math></mjx-assistive-mml>"
            "</mjx-container>"
        ),
        "$x^2$",
    ),
    "mathjax 3 with nothing but glyphs": (
        (
            '<mjx-container display="true"><mjx-math><mjx-msup><mjx-mi>'
            '<mjx-c class="mjx-c1D465"></mjx-c></mjx-mi><mjx-script><mjx-mn>'
            '<mjx-c class="mjx-c32"></mjx-c></mjx-mn></mjx-script></mjx-msup>'
            "</mjx-math></mjx-container>"
        ),
        "$$x^2$$",
    ),
    "wikipedia": (
        (
            '<span class="mwe-math-element"><span style="display: none;">'
            '<math alttext="{\\displaystyle x^{2}}"><mi>x</mi></math></span>'
            '<img class="mwe-math-fallback-image-inline" src="/m.svg" '
            'alt="{\\displaystyle x^{2}}"></span>'
        ),
        "$x^{2}$",
    ),
    "an image with its source": (
        '<img class="latex" src="https://s0.wp.com/latex.php?latex=x%5E2" alt="x^2">',
        "$x^2$",
    ),
    "an image that asks a service": (
        '<img src="https://latex.codecogs.com/gif.latex?x%5E2">',
        "$x^2$",
    ),
}


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_formula_is_read_once_as_its_source(blocks, drawn):
    html, source = DRAWN[drawn]
    (paragraph,) = blocks(f"<p>Here {html} grows without end.</p>")
    assert paragraph.text == f"Here {source} grows without end."
    assert [(m.kind, m.span.of(paragraph.text)) for m in paragraph.marks] == [("formula", source)]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>2</mn></mrow></mfrac>", "a/(b + 2)"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x + 1)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "√[3](x)"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>10</mn></msubsup>", "x_i^{10}"),
        ("<munderover><mo>∑</mo><mn>10</mn><mi>n</mi></munderover>", "∑_{10}^n"),
        ("<mover><mi>B</mi><mo>→</mo></mover>", "B\N{COMBINING RIGHT ARROW ABOVE}"),
        ("<mi>sin</mi><mi>x</mi>", r"\mathrm{sin} x"),
        ('<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>', r"{n \atop k}"),
        (f"<mtable>{ROW}{ROW}</mtable>", r"\begin{matrix} a & b \\ a & b \end{matrix}"),
    ],
)  # fmt: skip
def test_mathml_without_a_source_is_written_on_one_line(blocks, written, line):
    (paragraph,) = blocks(f"<p>Here <math>{written}</math> stands.</p>")
    assert paragraph.text == f"Here ${line}$ stands."


def test_a_deep_formula_is_read_like_any_other(blocks):
    deep = f"{'<mrow>' * 200}<mi>x</mi>{'</mrow>' * 200}"
    (paragraph,) = blocks(f"<p>Here <math>{deep}</math> stands.</p>")
    assert paragraph.text == "Here $x$ stands."


def test_the_cells_of_a_table_keep_their_formulas(blocks):
    html = f"<table><tr><th>a</th><th>b</th></tr><tr><td>{KATEX}</td><td>2</td></tr></table>"
    assert blocks(html)[0].text == "a\tb\n$x^2$\t2"
