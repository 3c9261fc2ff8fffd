"""Stubs that stand for the rest of a text: read more, show all."""

from annotator.extract.residue.family import Family, boxes, label

FAMILY = Family(
    "read_more",
    (
        label(
            "read-more",
            "It leads to the rest of a text.",
            r"(?:click|tap|press) (?:here|to) (?:to )?(?:read|continue|expand|see|view|show|open)\b"
            r".{0,30}|(?:expand|show|open|view) (?:the )?(?:full|whole|entire|rest of the) "
            r"(?:article|story|text|post)|keep reading|continue reading|read on|more…?",
        ),
    ),
    names=boxes(
        r"(?:show|view|load|expand|read|continue|keep)-?(?:more|full|all|reading)-?"
        r"(?:btn|button|link|label|toggle|cta)(?:-\w+){0,2}",
    ),
    names_reason="The page names it a button for the rest of a text.",
)
