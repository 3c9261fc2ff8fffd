"""The site in a browser, opened from the disk with the network off."""

import pytest

from browsing import CHROMIUM, browsing

PAGES = (
    "index.html", "start.html", "compared.html", "guides/newsroom.html", "guides/obsidian.html",
    "manual/claims.html", "reference/commands-find.html", "reference/keys.html",
    "reference/settings.html", "how/cleaning.html",
)  # fmt: skip
SIZES = ((1280, 900), (390, 844))
OF_THE_DISK = ("file:", "data:", "blob:")
INNER = "[...document.querySelectorAll('*')].flatMap(node => node.shadowRoot ?? [])"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no browser is installed"),
    pytest.mark.timeout(240),
]


async def opened(browser, path):
    tab = await browser.tab()
    for domain in ("Network", "Runtime", "Page"):
        await tab.send(f"{domain}.enable")
    await tab.open(f"file://{path}")
    return tab


async def test_pages_fit_both_windows_and_ask_nobody_for_anything(site):
    async with browsing("--host-resolver-rules=MAP * ~NOTFOUND") as browser:
        for page in PAGES:
            tab = await opened(browser, site / page)
            for width, height in SIZES:
                await tab.picture(width, height)
                assert await tab.run("document.documentElement.scrollWidth") <= width, page
            await tab.send("Page.close")
        asked = [
            event["params"]["request"]["url"]
            for event in browser.events
            if event["method"] == "Network.requestWillBeSent"
        ]
        assert len(asked) > len(PAGES)
        assert [url for url in asked if not url.startswith(OF_THE_DISK)] == []
        broken = [event for event in browser.events if event["method"] == "Runtime.exceptionThrown"]
        assert broken == []


async def test_the_search_answers_from_the_disk(site):
    async with browsing() as browser:
        tab = await opened(browser, site / "start.html")
        await tab.send("Input.dispatchKeyEvent", type="keyDown", modifiers=2, key="k", code="KeyK")
        await tab.until(f"{INNER}.some(root => root.activeElement)")
        for letter in "reattach":
            await tab.send("Input.dispatchKeyEvent", type="keyDown", text=letter)
        await tab.until(f"{INNER}.some(root => root.textContent.includes('Reattaching'))")


@pytest.mark.parametrize(("scheme", "colour"), [("light", "248, 244, 234"), ("dark", "22, 23, 26")])
async def test_the_colours_are_those_of_the_system(site, scheme, colour):
    async with browsing() as browser:
        tab = await browser.tab()
        wanted = [{"name": "prefers-color-scheme", "value": scheme}]
        await tab.send("Emulation.setEmulatedMedia", features=wanted)
        await tab.open(f"file://{site / 'index.html'}")
        await tab.until(f"getComputedStyle(document.body).backgroundColor === 'rgb({colour})'")
