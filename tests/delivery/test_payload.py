from __future__ import annotations

from datetime import UTC, datetime

import discord
import pytest

from bot import payload
from bot.payload import Action, ButtonId
from tests.delivery.examples import PNG, rendered


def test_a_button_carries_its_post_and_revision() -> None:
    """What is built is what is parsed, for every action."""
    ids = [ButtonId(action, 4711, 2) for action in Action]

    assert [str(id) for id in ids] == [
        "desk:1:details:4711:2",
        "desk:1:why:4711:2",
        "desk:1:sources:4711:2",
        "desk:1:again:4711:2",
    ]
    assert ids == [ButtonId.parse(str(id)) for id in ids]


def test_the_longest_custom_id_fits() -> None:
    """Discord takes at most 100 characters."""
    longest = ButtonId(Action.DETAILS, 2**63 - 1, 999_999_999)

    assert longest == ButtonId.parse(str(longest))
    assert len(str(longest)) <= 100


@pytest.mark.parametrize(
    "custom_id",
    ["", "desk:2:why:1:1", "desk:1:mute:1:1", "desk:1:why:1", "desk:1:why:-1:1", "xdesk:1:why:1:1"],
)
def test_another_desks_button_is_not_ours(custom_id: str) -> None:
    """Unknown versions, actions and forms are nobody's."""
    assert ButtonId.parse(custom_id) is None


def test_the_embed_holds_the_words() -> None:
    """Title, body, link, colour, time, footer and the picture by its name."""
    card = payload.embed(rendered(), picture=True)

    assert card is not None
    assert {**card.to_dict(), "flags": 0} == {
        "type": "rich",
        "flags": 0,
        "title": "Alibaba ADRs rise 9.8%",
        "description": "Alibaba Group (BABA) rose 9.8% to $165.68.",
        "url": "https://example.com/baba",
        "color": 0x2E8B57,
        "timestamp": "2026-01-12T16:08:00+00:00",
        "footer": {"text": "Automated, no AI"},
        "image": {"url": "attachment://baba.png"},
    }


def test_no_picture_is_named_that_is_not_sent() -> None:
    """An embed never refers to an attachment that the message lacks."""
    card = payload.embed(rendered(), picture=False)

    assert card is not None
    assert card.image.url is None


def test_the_line_layout_has_no_embed() -> None:
    """One line is content alone."""
    assert payload.embeds(rendered(title="", description=""), picture=True) == []


def test_the_picture_has_its_name_and_its_words() -> None:
    """The file is named as the embed refers to it, and described for those who cannot see it."""
    (file,) = payload.files(rendered(), PNG)

    assert (file.filename, file.description) == ("baba.png", "BABA up 9.8%")
    assert file.fp.read() == PNG
    file.close()


def test_no_bytes_no_file() -> None:
    """Without a chart nothing is attached, and bytes without a name are not sent."""
    assert payload.files(rendered(), None) == []
    assert payload.files(rendered(chart=""), PNG) == []


async def test_buttons_say_what_they_do() -> None:
    """Three buttons in one row, and discord.py keeps nothing of them."""
    view = payload.buttons(7, 3)

    (row,) = view.to_components()
    assert [(button["label"], button["custom_id"]) for button in row["components"][:2]] == [
        ("Details", "desk:1:details:7:3"),
        ("Why?", "desk:1:why:7:3"),
    ]
    assert (
        row["components"][2]["label"],
        row["components"][2]["custom_id"],
    ) == ("Sources", "desk:1:sources:7:3")
    assert view.is_finished()


async def test_a_message_says_which_post_it_is() -> None:
    """The first button of ours, wherever it is nested."""
    components = payload.buttons(7, 3).to_components()

    assert ButtonId(Action.DETAILS, 7, 3) == payload.shown({"components": components})
    assert payload.shown({"components": []}) is None
    assert payload.shown({}) is None
    assert payload.shown({"components": [{"type": 1, "components": [{"custom_id": "x"}]}]}) is None


def test_what_a_post_needs_is_named() -> None:
    """Missing permissions in Discord's words; a thread has its own for writing."""
    everything = discord.Permissions.all()
    nothing = discord.Permissions.none()

    assert payload.lacking(everything) == []
    assert payload.lacking(nothing) == [
        "View Channel",
        "Send Messages",
        "Embed Links",
        "Attach Files",
        "Read Message History",
    ]
    assert "Send Messages in Threads" in payload.lacking(nothing, thread=True)
    assert "Send Messages" not in payload.lacking(nothing, thread=True)


def test_timestamps_are_aware() -> None:
    """The moment of the brief is the moment Discord shows."""
    card = payload.embed(rendered(), picture=False)

    assert card is not None
    assert datetime(2026, 1, 12, 16, 8, tzinfo=UTC) == card.timestamp
