"""What pickers offer, read from the library while one types already."""

import asyncio
from typing import TYPE_CHECKING

from annotator.model import Annotation
from annotator.tui.desk import Desk
from annotator.usecases.notes import notes

if TYPE_CHECKING:
    from annotator.tui.dialogs.link_picker import LinkPicker
    from annotator.tui.dialogs.tag_picker import TagPicker


async def offer_tags(picker: "TagPicker", desk: Desk) -> None:
    """Offer the tags that were in use when last read, then those that are now."""
    if desk.tags.latest:
        picker.offer(desk.tags.latest)
    picker.offer(await asyncio.to_thread(desk.tags.read))


async def offer_marks(picker: "LinkPicker", mark: Annotation, desk: Desk) -> None:
    """Offer every mark but that one."""
    found = await asyncio.to_thread(notes, desk.library)
    picker.offer([each for each in found if each.annotation.id != mark.id])
