"""The page as a person meets it: read, pressed and resized in a real browser."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.browser import CHROMIUM, NAMES, Tab, browser
from tests.sandbox.page_rig import NOTIFICATION, TITLE, Shown, shown

pytestmark = [
    pytest.mark.page,
    pytest.mark.skipif(CHROMIUM is None, reason=f"no browser on PATH: {', '.join(NAMES)}"),
    pytest.mark.asyncio(loop_scope="module"),
]

DESKTOP, PHONE = (1200, 900), (390, 844)
LAST = "#messages li:last-child"

MARKDOWN = [
    ("**bold** and *it* or _it_", "<p><strong>bold</strong> and <em>it</em> or <em>it</em></p>"),
    ("***both***", "<p><strong><em>both</em></strong></p>"),
    ("__under__ ~~gone~~", "<p><u>under</u> <s>gone</s></p>"),
    ("snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"),
    (r"\*not\* \_this\_ 9\. \[x\]", "<p>*not* _this_ 9. [x]</p>"),
    ("`**code**`", "<p><code>**code**</code></p>"),
    ("```py\na < b\n```\nafter", "<pre>a &lt; b</pre><p>after</p>"),
    ("-# small *print*\nbig", "<small>small <em>print</em></small><p>big</p>"),
    ("# One\n### Three", "<h3>One</h3><h5>Three</h5>"),
    ("> said\n> **so**\nus", "<blockquote><p>said\n<strong>so</strong></p></blockquote><p>us</p>"),
    ("- one\n- two\n  - deeper", '<ul><li>one</li><li>two</li><li class="deeper">deeper</li></ul>'),
    ("3. three\n4. four", '<ol start="3"><li>three</li><li>four</li></ol>'),
    ("one\n\ntwo", "<p>one\n\ntwo</p>"),
    ("one\n\n- two", "<p>one\n\n</p><ul><li>two</li></ul>"),
    ("• one\n• two", "<p>• one\n• two</p>"),
    ("<#12> <@5> </alert set:7>", "<p>#desk @5 /alert set</p>"),
    ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
    ("[click](javascript:alert(1))", "<p>[click](javascript:alert(1))</p>"),
    ("**open", "<p>**open</p>"),
]
LINKS = [
    ("[scmp\\_x](https://a.example/b_c_d)", ("scmp_x", "https://a.example/b_c_d")),
    ("[shy](<https://a.example/>)", ("shy", "https://a.example/")),
    ("see https://a.example/x.", ("https://a.example/x", "https://a.example/x")),
    ("(<https://a.example/x>)", ("https://a.example/x", "https://a.example/x")),
]
MOMENTS = [
    ("<t:1768234080:R>", "2 minutes ago"),
    ("<t:1768237800:R>", "in 1 hour"),
    ("<t:1768234080:t>", "11:08"),
    ("<t:1768234080:D>", "January 12, 2026"),
    ("<t:1768234080:f>", "January 12, 2026 at 11:08"),
    ("<t:1768234080>", "January 12, 2026 at 11:08"),
    ("<t:1768234080:F>", "Monday, January 12, 2026 at 11:08"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[Shown]:
    async with shown(speed=0) as world:
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def window() -> AsyncIterator[Tab]:
    async with browser() as tab:
        yield tab


@pytest_asyncio.fixture(loop_scope="module")
async def tab(window: Tab) -> AsyncIterator[Tab]:
    """A desktop window; in the end nothing went wrong and nothing outside was asked for."""
    window.errors.clear()
    window.requests.clear()
    await window.size(*DESKTOP)
    yield window
    ours = ("http://127.0.0.1:", "about:blank")
    outside = [each for each in window.requests if not each.startswith(ours)]

    assert window.errors == []
    assert outside == []


async def visit(tab: Tab, world: Shown, place: str = "desk") -> None:
    """Open a channel afresh and wait for what stands in it."""
    await tab.open("about:blank")
    await tab.open(f"{world.page.url}/#{place}")
    await tab.until("document.querySelector('#messages li')")


async def rendered(tab: Tab, world: Shown, text: str) -> str:
    """The HTML that a piece of markdown becomes."""
    if not str(await tab.run("location.href")).startswith(world.page.url):
        await visit(tab, world)
    return str(
        await tab.run(f"""(async () => {{
            const {{markdown, names}} = await import("/static/markdown.js");
            names.set("12", "desk");
            const host = document.createElement("div");
            host.append(...markdown({json.dumps(text)}));
            for (const each of host.querySelectorAll(".mention")) each.replaceWith(each.innerText);
            return host.innerHTML;
        }})()""")
    )


async def test_a_brief_reads_as_in_discord(tab: Tab, world: Shown) -> None:
    """Notification, title, words, picture, footer and buttons, told by the market's clock."""
    await world.post_brief()
    await visit(tab, world)

    words = await tab.text(f"{LAST} article")
    for part in (
        "Newsdesk",
        "APP",
        "Today at 11:10",
        NOTIFICATION,
        TITLE,
        "NYSE, Jan 12, 2026, 11:08 EST · 2 minutes ago",
        "Alibaba Group (BABA) rose 9.8% to $165.68, from Friday's close of $150.96.",
        "• A download is not revenue.",
        "Automated, no AI",
        "Why?",
    ):
        assert part in words

    assert "**" not in words
    assert "](" not in words
    assert await tab.text(f"{LAST} .description strong") == "9.8% to $165.68"
    assert await tab.run("document.querySelector('.description a').href") == (
        "https://www.scmp.com/tech"
    )
    assert await tab.run("document.querySelector('.embed img').alt") == "BABA up 9.8%"
    await tab.until("document.querySelector('.embed img').naturalWidth > 0")
    assert await tab.run("document.querySelector('.bar').style.background") == "rgb(59, 165, 93)"


async def test_the_head_shows_the_market_clock(tab: Tab, world: Shown) -> None:
    """Time with its zone, date and pace stand above the messages."""
    await visit(tab, world)

    assert await tab.text("#clock") == "11:10:00 EST\nMon, Jan 12, 2026 · as fast as it goes"
    assert await tab.run("document.title") == "#desk | Floor"


async def test_why_is_answered_under_the_message(tab: Tab, world: Shown) -> None:
    """Pressed by keyboard, Why? shows what only you see; Dismiss takes it away."""
    await world.post_brief()
    await visit(tab, world)
    await tab.run(f"document.querySelector('{LAST} .button').focus()")
    await tab.key("Enter")
    await tab.until("document.querySelector('aside article')")

    assert await tab.text(f"{LAST} aside .content") == "It crossed your 5%."
    assert "Only you can see this" in await tab.text(f"{LAST} aside")

    await tab.run("document.querySelector('aside .plain').focus()")
    await tab.key("Enter")
    await tab.until("!document.querySelector('aside')")

    assert await tab.run("document.activeElement.innerText") == "Why?"


async def test_a_silent_button_is_said_to_have_failed(tab: Tab, world: Shown) -> None:
    """No answer within three seconds is said, as Discord does."""
    await world.post_brief()
    await visit(tab, world)
    await tab.run(f"document.querySelector('{LAST} .button:last-child').click()")
    await tab.until("document.querySelector('aside')?.innerText.includes('failed')")

    assert "no answer within three seconds" in await tab.text("aside")


async def test_an_edit_shows_at_once(tab: Tab, world: Shown) -> None:
    """The message changes in place, is marked as edited, and the focus stays on its button."""
    message = await world.post_brief()
    await visit(tab, world)
    await tab.run(f"document.querySelector('{LAST} .button').focus()")
    await message.edit(content="▲ BABA **+12.4%** $169.68")
    await tab.until("document.querySelector('#messages li:last-child .edited')")

    assert await tab.text(f"{LAST} .content") == "▲ BABA +12.4% $169.68(edited)"
    assert await tab.run("document.activeElement.innerText") == "Why?"


async def test_what_arrives_below_is_said(tab: Tab, world: Shown) -> None:
    """Who reads further up is not moved, but told of what is new, and can go there."""
    await world.post_brief()
    await tab.size(1200, 500)
    await visit(tab, world)
    await tab.run("document.querySelector('#messages').scrollTop = 0")
    await world.floor.text.send("▲ BABA extends to +12.4%")
    await tab.until("!document.querySelector('#below').hidden")
    top = await tab.run("document.querySelector('#messages').scrollTop")
    await tab.run("document.querySelector('#below').click()")

    assert top == 0
    assert await tab.run("document.querySelector('#below').hidden")
    assert await tab.run(
        f"document.querySelector('{LAST}').getBoundingClientRect().bottom <= innerHeight"
    )


async def test_a_reply_leads_to_its_message(tab: Tab, world: Shown) -> None:
    """The line above a reply quotes the message it answers and goes there."""
    message = await world.post_brief()
    await visit(tab, world)
    await message.reply("▲ BABA extends to +12.4%, $169.68")
    await tab.until("document.querySelector('#messages li:last-child a.above')")
    line = await tab.text(f"{LAST} a.above")
    await tab.run(f"document.querySelector('{LAST} a.above').click()")
    await tab.until(f"location.hash.endsWith('/{message.id}')")
    await tab.until(f"document.querySelector('#m{message.id} .changed')")

    assert line == f"Newsdesk\n{NOTIFICATION}"


async def test_other_channels_are_marked_unread(tab: Tab, world: Shown) -> None:
    """A channel in which something new stands is marked until it is looked at."""
    await visit(tab, world, "full")
    await visit(tab, world)
    await world.text_channel(world.full).send("▲ BABA +9.8% $165.68")
    await tab.until("document.querySelector('#channels .unread')")
    unread = await tab.text("#channels .unread")
    await tab.key("ArrowDown", alt=True)
    await tab.until("document.title.startsWith('#full')")

    assert unread == "#full\nunread"
    assert await tab.run("document.querySelectorAll('.unread').length") == 0
    assert await tab.text(f"{LAST} .content") == "▲ BABA +9.8% $165.68"


async def test_a_deleted_message_goes(tab: Tab, world: Shown) -> None:
    """What was deleted is not shown any more."""
    message = await world.post_brief()
    await visit(tab, world)
    await message.delete()
    await tab.until(f"!document.querySelector('#m{message.id}')")

    assert await tab.run(f"document.body.innerHTML.includes('{message.id}')") is False


async def test_it_fits_a_phone(tab: Tab, world: Shown) -> None:
    """Nothing scrolls sideways at 390 pixels, and the channels are behind a button."""
    message = await world.post_brief()
    await message.reply("a_very_long_word_" * 12)
    await tab.size(*PHONE)
    await visit(tab, world)
    wide = """[document.documentElement, document.querySelector('#messages')]
        .map(each => each.scrollWidth - each.clientWidth)"""
    visible = "getComputedStyle(document.querySelector('#channels')).visibility"

    assert await tab.run(wide) == [0, 0]
    assert await tab.run(visible) == "hidden"

    await tab.run("document.querySelector('#menu').focus()")
    await tab.key("Enter")
    await tab.until(f"{visible} === 'visible'")
    await tab.key("Escape")
    await tab.until(f"{visible} === 'hidden'")


async def test_a_broken_stream_is_said_and_mended(tab: Tab, world: Shown) -> None:
    """When the stand-in stops, the page says so; when it is back, the page follows it again."""
    await visit(tab, world)
    await world.page.stop()
    await tab.until("document.querySelector('#banner').innerText.includes('stopped')")
    await world.page.start()
    await tab.until("document.querySelector('#banner').innerText.includes('Nothing leaves')")
    await world.floor.text.send("back again")
    await tab.until("document.querySelector('#messages li:last-child').innerText.includes('back')")
    tab.errors.clear()  # the connections refused meanwhile

    assert await tab.run("document.title") == "#desk | Floor"


@pytest.mark.parametrize(("text", "html"), MARKDOWN)
async def test_markdown(tab: Tab, world: Shown, text: str, html: str) -> None:
    """Discord's markdown becomes these elements, and nothing else becomes any."""
    assert await rendered(tab, world, text) == html


@pytest.mark.parametrize(("text", "link"), LINKS)
async def test_links(tab: Tab, world: Shown, text: str, link: tuple[str, str]) -> None:
    """A link goes where it says, in a tab of its own that learns nothing of this one."""
    html = await rendered(tab, world, text)
    label, href = link

    assert (
        f'<a href="{href}" target="_blank" rel="noopener noreferrer nofollow">{label}</a>' in html
    )


@pytest.mark.parametrize(("text", "words"), MOMENTS)
async def test_timestamps(tab: Tab, world: Shown, text: str, words: str) -> None:
    """A timestamp is told in the market's zone, relative to the market's clock."""
    assert f">{words}</time>" in await rendered(tab, world, text)
