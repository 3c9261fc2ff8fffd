"""What cleaning decided about one passage of a page, and by what."""

from msgspec import Struct

from annotator.model.article import BlockKind


class Judgement(Struct, frozen=True):
    """A passage of a page: whether it is of the article, and the rule that said so.

    `score` is how likely the learned scorer takes it to be of the article, from
    0 to 1; nothing where it was not asked. `step`, `rule` and `reason` are those
    of a removal; of what is kept, they tell who kept it.
    """

    is_kept: bool
    step: str
    rule: str
    reason: str
    score: float | None
    kind: BlockKind
    text: str
