"""Messages: gone at the next key that acts, and never over the passage that is marked."""

from annotator.tui.frame.notifications import hint, short_quote, tell, warn


async def raise_earlier(reader):
    await reader.until(lambda: reader.app._notifications)
    for notification in reader.app._notifications:
        notification.raised_at -= 2


async def test_a_message_is_gone_at_the_next_key_that_acts(keep, visit):
    async with visit(keep()) as reader:
        tell(reader.app, "Done.")
        await reader.press("j")
        assert "Done." in reader.toasts  # it was there for a moment only
        await raise_earlier(reader)
        await reader.press("P")
        assert "Done." not in reader.toasts  # the key says that it does nothing
        hint(reader.app, "Press s.")
        await raise_earlier(reader)
        await reader.press("s")
        assert not reader.toasts
        warn(reader.app, "The disk is nearly full.")
        await raise_earlier(reader)
        await reader.press("j")
        assert reader.toasts == "The disk is nearly full."


def test_a_passage_that_is_a_quotation_is_quoted_once():
    assert short_quote("“It is dull.”") == "“It is dull.”"
    assert short_quote("“Yes,” she said, “it is.”") == "““Yes,” she said, “it is.””"


async def test_a_quoted_sentence_ends_with_one_full_stop(keep, visit):
    async with visit(keep()) as reader:
        tell(reader.app, "Deleted: “Costs fell.”. Press u to undo.")
        await reader.until(lambda: reader.toasts == "Deleted: “Costs fell.” Press u to undo.")


async def test_a_message_is_not_drawn_again_below_a_dialog(keep, visit):
    async with visit(keep()) as reader:
        warn(reader.app, "The disk is nearly full.")
        await reader.sees("The disk is nearly full.")
        await reader.press("question_mark")
        await reader.sees("Keys")
        assert reader.screen.count("The disk is nearly full.") <= 1


async def test_a_message_is_above_a_passage_in_the_lower_half(keep, visit):
    async with visit(keep(), size=(60, 20)) as reader:
        await reader.press("s", "G", "P")
        await reader.sees("P does nothing here.", "It cost more")
        lines = reader.screen.splitlines()
        [at] = [at for at, line in enumerate(lines) if "P does nothing here." in line]
        assert at < 5
        await reader.press("g", "P")
        lines = reader.screen.splitlines()
        [at] = [at for at, line in enumerate(lines) if "P does nothing here." in line]
        assert at > 10
