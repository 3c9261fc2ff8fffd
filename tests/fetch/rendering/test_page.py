import asyncio
import os
import shutil
import signal
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import FetchError, PrivateNetwork, ServerAnswered, TimedOut, TooLarge
from annotator.fetch import FetchOptions, render_page
from annotator.fetch.rendering import devtools
from annotator.fetch.rendering import page as pages
from annotator.fetch.rendering.devtools import Chromium, browser_to_start, find_browser
from annotator.model import Document
from annotator.model.document import FROM_BROWSER, TEXT_FROM
from browsers import Upstream, browser_for_tests, left_profiles
from waiting import until

pytestmark = pytest.mark.slow

SCRIPTED = b"""<!doctype html><title>Loading</title><noscript>Enable JavaScript</noscript>
<div id=root></div><script>
setTimeout(async () => {
  const text = await (await fetch('/api')).text();
  document.title = 'The bridge stays open';
  root.innerHTML = `<p>${text}</p><div id=more style="margin-top: 4000px">more</div>`;
  new IntersectionObserver(async seen => {
    if (seen.some(one => one.isIntersecting)) {
      more.outerHTML = `<p>${await (await fetch('/more')).text()}</p>`;
    }
  }).observe(more);
}, 200);
</script>"""
# Asks for a private address in each way that scripts have.
CURIOUS = """<!doctype html><title>Curious</title><p id=a>-</p><p id=b>-</p><p id=c>-</p><script>
fetch('{secret}').then(r => r.text()).then(t => a.textContent = t);
const blind = {{mode: 'no-cors', method: 'POST', body: 'x'}};
fetch('{secret}', blind).then(() => b.textContent = 'sent');
const socket = new WebSocket('{secret}'.replace('http', 'ws'));
socket.onopen = () => c.textContent = 'open';
new EventSource('{secret}'); navigator.sendBeacon('{secret}', 'x');
new Worker(URL.createObjectURL(new Blob([`fetch('{secret}', {{mode: 'no-cors'}})`])));
const frame = document.createElement('iframe'); frame.src = '{secret}'; document.body.append(frame);
const image = new Image(); image.src = '{secret}'; open('{secret}');
alert('A dialog stops the page'); confirm('until it is dismissed');
</script><a href="/file" download id=file></a><script>file.click()</script><p>The end</p>"""
NO_WALLS = (  # the browser's own
    "--disable-web-security --allow-running-insecure-content --disable-features="
    "LocalNetworkAccessChecks,PrivateNetworkAccessSendPreflights,BlockInsecurePrivateNetworkRequests"
    ",PreconnectToSearch"  # as the program does: of two such flags the last one counts
)


@pytest.fixture
def options(tmp_path) -> FetchOptions:
    return FetchOptions(browser=browser_for_tests(tmp_path), renders=True)


@pytest.fixture
async def public(site, monkeypatch):
    """The test's site, as the internet's news.example."""
    async with Upstream({"news.example": site.port, "www.news.example": site.port}) as upstream:
        monkeypatch.setenv("http_proxy", upstream.address)
        monkeypatch.setenv("https_proxy", upstream.address)
        yield upstream


@pytest.fixture
async def private():
    """A server that no page may reach, with the number of connections to it."""
    connections = []

    async def accept(reader, writer):
        connections.append(1)
        writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/secret", connections


def processes_of(browser: Chromium) -> list[int]:
    """Return the processes of a browser's group."""
    numbers = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            group = int((folder / "stat").read_text().rpartition(")")[2].split()[2])
            is_dead = "Z" in (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if group == browser._process and not is_dead:
            numbers.append(int(folder.name))
    return numbers


def certificate(folder: Path) -> list[str]:
    """Return the files of a certificate that nobody vouches for, and of its key."""
    files = [str(folder / name) for name in ("certificate.pem", "key.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-out", files[0], "-keyout", files[1]], check=True)
    return files


async def test_what_scripts_write_is_there_and_what_comes_on_scrolling(site, options):
    home = site.on("/app", site.answer(SCRIPTED))
    site.on("/api", site.answer(b"The council voted."))
    site.on("/more", site.answer(b"It voted again."))
    page = await render_page(home, options=options)
    assert "<p>The council voted.</p>" in page.html
    assert "<p>It voted again.</p>" in page.html
    assert "<title>The bridge stays open</title>" in page.html
    assert "Enable JavaScript" not in page.html
    assert (page.url, page.header(TEXT_FROM)) == (home, FROM_BROWSER)


async def test_no_script_reaches_a_private_network(site, tmp_path, public, private):
    secret, connections = private
    site.on("/curious", site.answer(CURIOUS.format(secret=secret).encode()))
    site.on("/file", site.answer(b"data", kind="application/octet-stream"))
    page = await render_page(
        "http://news.example/curious",
        options=FetchOptions(browser=browser_for_tests(tmp_path, NO_WALLS)),
    )
    assert "<p>The end</p>" in page.html
    assert [f'id="{name}">-<' in page.html for name in "abc"] == [True] * 3
    assert connections == []
    assert {target.partition(":")[0] for target in public.asked} == {"news.example"}


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
async def test_an_encrypted_page_goes_through_the_proxy_unread_and_its_certificate_is_checked(
    site, options, tmp_path
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(tmp_path))
    words = (
        b"<p id=words></p><script>fetch('/api').then(r=>r.text()).then(t=>words.append(t))</script>"
    )
    site.on("/secure", site.answer(words))
    site.on("/api", site.answer(b"The council voted."))
    async with await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=context) as server:
        home = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/secure"
        with pytest.raises(FetchError, match="ERR_CERT_AUTHORITY_INVALID"):
            await render_page(home, options=options)
        assert site.requests == []
        pages._shared.clear()
        trusting = browser_for_tests(tmp_path, "--ignore-certificate-errors")
        page = await render_page(home, options=FetchOptions(browser=trusting))
    assert "The council voted.</p>" in page.html


async def test_a_redirect_into_a_private_network_is_refused(site, options, public, private):
    secret, connections = private
    site.on("/away", site.redirect(secret))
    site.on("/soon", site.answer(f"<script>location = '{secret}'</script>".encode()))
    for path in ("/away", "/soon"):
        with pytest.raises(PrivateNetwork, match="in your own network"):
            await render_page(f"http://news.example{path}", options=options)
    linked = replace(options, linked_from="https://example.org/")
    with pytest.raises(PrivateNetwork):
        await render_page(secret, options=linked)
    assert connections == []


async def test_the_page_is_that_to_which_scripts_lead(site, options, public):
    site.on("/old", site.answer(b"<script>location = 'http://www.news.example/new#top'</script>"))
    site.on("/new", site.page("Here it is."))
    page = await render_page("http://news.example/old", options=options)
    assert (page.url, "Here it is." in page.html) == ("http://www.news.example/new", True)


async def test_a_page_has_the_door_of_a_fetched_one(site, options):
    gone = site.on("/gone", site.answer(b"<p>gone", status=410))
    with pytest.raises(ServerAnswered) as failure:
        await render_page(gone, options=options)
    assert failure.value.status == 410
    large = site.on("/large", site.page("<p>much" * 20_000))
    with pytest.raises(TooLarge):
        await render_page(large, options=replace(options, max_bytes=100_000))
    letter = site.on("/letter", site.answer(b"%PDF-1.7 a paper", kind="application/pdf"))
    assert isinstance(await render_page(letter, options=options), Document)


async def test_pictures_are_not_asked_for_and_nothing_is_stored(site, options):
    home = site.on(
        "/home",
        site.answer(
            b"<img src=/picture><video src=/film></video><style>@font-face{font-family:x;src:"
            b"url(/font)} p{font-family:x}</style><p>text<script>document.cookie='seen=1';</script>"
        ),
    )
    await render_page(home, options=options)
    await render_page(home, options=options)
    assert {request.target for request in site.requests} <= {"/home", "/favicon.ico"}
    visits = [request.headers for request in site.requests if request.target == "/home"]
    assert ["cookie" in headers for headers in visits] == [False, False]


async def test_a_script_without_an_end_is_given_up_and_the_next_page_is_read(
    site, options, monkeypatch
):
    monkeypatch.setattr(pages, "PAGE_SECONDS", 6.0)
    endless = site.on("/endless", site.answer(b"<script>for(;;);</script>"))
    with pytest.raises(TimedOut, match="not ready within 6 seconds"):
        await render_page(endless, options=options)
    monkeypatch.undo()
    assert "Hello" in (await render_page(site.on("/", site.page("Hello")), options=options)).html


async def test_a_browser_that_is_killed_leaves_nothing_and_the_next_page_gets_another(
    site, options
):
    home = site.on("/home", site.page("Hello"))
    await render_page(home, options=options)
    killed = pages._shared[asyncio.get_running_loop()]._browser
    hanging = site.on("/hanging", site.silence)
    rendering = asyncio.create_task(render_page(hanging, options=options))
    await until(lambda: any(request.target == "/hanging" for request in site.requests))
    os.kill(killed._process, signal.SIGKILL)
    with pytest.raises(FetchError, match="browser ended"):
        await rendering
    await until(lambda: not processes_of(killed) and not left_profiles(), saw=left_profiles)
    assert "Hello" in (await render_page(home, options=options)).html


def test_the_browser_ends_with_the_event_loop(tmp_path):
    browsers = []

    async def start() -> None:
        browser = Chromium(browser_for_tests(tmp_path))
        browsers.append(browser)
        await browser.start()
        assert len(processes_of(browser)) > 1

    async def wait() -> None:
        await until(lambda: not processes_of(browsers[0]) and not left_profiles())

    asyncio.run(start())
    asyncio.run(wait())


async def test_a_browser_without_pages_ends_after_a_while(site, options, monkeypatch):
    monkeypatch.setattr(pages, "IDLE_SECONDS", 0.05)
    await render_page(site.on("/", site.page("Hello")), options=options)
    await until(lambda: not left_profiles(), saw=left_profiles)


async def test_profiles_of_programs_that_were_killed_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(devtools.tempfile, "tempdir", str(tmp_path))
    left = tmp_path / "annotator-browser-1-abc"
    ours = tmp_path / f"annotator-browser-{os.getpid()}-abc"
    for folder in (left, ours):
        folder.mkdir()
    os.utime(left, (1, 1))
    with pytest.raises(FetchError, match="does not start"):
        await Chromium("/bin/true").start()
    await until(lambda: [*tmp_path.iterdir()] == [ours], saw=lambda: [*tmp_path.iterdir()])


@pytest.mark.parametrize("program", ["/bin/true", "/no/such/program"])
async def test_a_program_that_is_no_browser_does_not_start(program):
    with pytest.raises(FetchError, match=f"The browser {program} does not start."):
        await Chromium(program).start()
    await until(lambda: not left_profiles())


def test_the_browser_of_the_settings_is_used_and_no_other(tmp_path):
    own = tmp_path / "my-browser"
    own.write_text("")
    own.chmod(0o755)
    assert find_browser(str(own)) == browser_to_start(str(own)) == str(own)
    assert find_browser("no-such-browser") == ""
    with pytest.raises(FetchError, match=r"No browser “no-such-browser” was found.*Install"):
        browser_to_start("no-such-browser")


def test_a_browser_in_a_snap_is_left_alone(tmp_path, monkeypatch):
    for folder in ("snap", "bin"):
        program = tmp_path / folder / ("chromium" if folder == "snap" else "brave")
        program.parent.mkdir()
        program.write_text("")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/snap:{tmp_path}/bin")
    assert find_browser() == f"{tmp_path}/bin/brave"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused")
def test_root_is_told_why_no_browser_is_started():
    if not find_browser():
        pytest.skip("no browser is installed")
    with pytest.raises(FetchError, match=r"No browser is started for root.*as a usual user"):
        browser_to_start()
