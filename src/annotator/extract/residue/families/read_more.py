"""Links that stand for the rest of a text: read more, show all."""

from annotator.extract.residue.family import Family, LinePattern

FAMILY = Family(
    name="read_more",
    reason="Link to the rest of the text.",
    lines=(
        LinePattern(
            "read-more",
            {
                "en": r"""
                    (?:click|tap|press) (?:here|to) (?:to )?(?:read|continue|expand|see|view|show|
                      open)\b.{0,30}
                    (?:expand|show|open|view) (?:the )?(?:full|whole|entire|
                      rest of the) (?:article|story|text|post)
                    keep reading|continue reading|read on|more…?
                """,
            },
            is_label=True,
        ),
    ),
    containers=r"""
        (?:show|view|load|expand|read|continue|keep)-?(?:more|full|all|reading)-?(?:btn|button|
          link|label|toggle|cta)(?:-\w+){0,2}
    """,
    container_reason="Marked by the page as a link to the rest of the text.",
)
