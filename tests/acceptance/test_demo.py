"""The recorded day through the real program: what lands in the channels, to the last figure."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app.replay import play
from bot.tape import Tape, read_day

ROOT = Path(__file__).parent.parent.parent
DAY = ROOT / "seeds" / "days" / "2026-01-12"
NEW_YORK = ZoneInfo("America/New_York")

Message = dict[str, Any]


@dataclass(frozen=True)
class Played:
    """What `demo --once --json` printed, and its requests."""

    output: str
    requests: list[dict[str, Any]]
    tape: Tape

    @property
    def messages(self) -> list[Message]:
        found: list[Message] = json.loads(self.output)["messages"]
        return found

    def channel(self, name: str) -> list[Message]:
        """The messages of a channel of the day, in order."""
        names = [channel.name for channel in self.tape.channels]
        ids = sorted({message["channel"] for message in self.messages}, key=int)
        return [m for m in self.messages if m["channel"] == ids[names.index(name)]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    log = tmp_path_factory.mktemp("demo") / "requests.jsonl"
    command = (sys.executable, "-m", "bot", "demo", "--once", "--json", "--log", str(log))
    run = subprocess.run(
        command, check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=240
    )
    assert run.returncode == 0
    return Played(
        run.stdout, [json.loads(line) for line in log.read_text().splitlines()], read_day(DAY)
    )


def first_words(message: Message) -> Message:
    """A message as it was first posted."""
    first: Message = message["edits"][0] if message["edits"] else message
    return first


def text(message: Message) -> str:
    return f"{message['embeds'][0]['title']}\n{message['embeds'][0]['description']}"


def price_at(tape: Tape, ticker: str, clock: str) -> Decimal:
    """The last print at or before that New York time."""
    at = datetime.fromisoformat(f"2026-01-12T{clock}").replace(tzinfo=NEW_YORK)
    return [each.price for each in tape.minutes[ticker] if each.at <= at][-1]


def percent(tape: Tape, ticker: str, clock: str) -> str:
    """The move from Friday's close as a brief prints it."""
    close = tape.daily[ticker][-1].close
    move = (price_at(tape, ticker, clock) / close - 1) * 100
    return f"{move:+.1f}%".replace("-", "−")


async def test_the_day_plays_alike_every_time(played: Played) -> None:
    """And without a socket, by the tape alone: words, pictures, edits, times and ids."""
    replayed = await play(played.tape, draw=True)

    assert played.messages == replayed.exported["messages"]


def test_one_living_message_a_channel(played: Played) -> None:
    """Hovering around a threshold adds nothing; a rung is one line in reply."""
    living, line = played.channel("alerts")

    assert 1 == len(played.channel("full"))
    assert 1 == len(played.channel("chips"))
    assert living["id"] == line["reply_to"]
    assert [] == line["embeds"]
    assert "▲ BABA extends to +10.1%, $166.21" == line["content"]


def test_rungs_and_the_close_edit_the_living_message(played: Played) -> None:
    """The earlier figures are kept in `edits`, and stamped in the words."""
    living, _ = played.channel("alerts")

    said = [edit["content"].split(" · ")[0] for edit in living["edits"]]
    assert ["▲ BABA +5.3% $158.96", "▲ BABA +10.1% $166.21"] == said
    assert living["content"].startswith("▲ BABA closed +10.2% $166.36")
    assert "09:55 EST first published at +5.3%" in text(living)


def test_the_third_channel_hears_only_of_its_own_ticker(played: Played) -> None:
    """#chips watches MU; it crosses once."""
    (message,) = played.channel("chips")

    assert "▼ MU −3.4% $333.37 · no confirmed catalyst" == first_words(message)["content"]
    assert "BABA" not in json.dumps(message)


def test_the_full_brief_has_everything(played: Played) -> None:
    """The move, the two-step attribution, the owner, the rivals, the caveats, the sidebar."""
    words = text(first_words(*played.channel("full")))

    for part in (
        "Alibaba Group (BABA) rose **9.8% to $165.68** in late-morning trading Monday",
        "from Friday's close (Jan 9) of $150.96",
        "NYSE, Jan 12, 2026, 11:08 EST",
        "after the South China Morning Post reported at 07:42 EST, citing AIBase",
        "(https://www.scmp.com/tech",
        "Alibaba Group owns the outlet.",
        "Also out earlier:",
        "plan to bring AI into manufacturing",
        "Hong Kong shares had closed up 5.3% (Jan 12) before it.",
        "Downloads are a rough gauge",
        "a download is not revenue",
        "9.8% above its 200-day average",
        "52-week range",
        "71% of the way up",
    ):
        assert part in words
    footer = first_words(*played.channel("full"))["embeds"][0]["footer"]["text"]
    assert "Automated, no AI · Yahoo prices, quote 11:08 EST · not advice" == footer


def test_every_figure_agrees_with_the_bars(played: Played) -> None:
    """Prices, percents, benchmarks, peers, average and range are those of the tape."""
    tape, words = played.tape, text(first_words(*played.channel("full")))
    closes = [bar.close for bar in tape.daily["BABA"]]
    year = tape.daily["BABA"][-252:]
    today = [p.price for p in tape.minutes["BABA"] if p.at.astimezone(NEW_YORK).hour < 11]
    low = min(*(bar.low for bar in year), *today)
    high = max(*(bar.high for bar in year), *today)

    assert Decimal("165.68") == price_at(tape, "BABA", "11:08:00")
    assert "+9.8%" == percent(tape, "BABA", "11:08:00")
    for ticker in ("KWEB", "SPY", "JD", "PDD", "BIDU"):
        assert f"{ticker} {percent(tape, ticker, '11:08:00')}" in words
    assert f"200-day average of ${sum(closes[-200:]) / 200:.2f}" in words
    assert f"52-week range of ${low:.2f}–${high:.2f}" in words
    assert "• 6.7 points above KWEB" in words


def test_the_message_is_one_request_with_picture_and_buttons(played: Played) -> None:
    """Content line, one embed, the chart, three buttons; nobody is pinged."""
    creates = [
        request
        for request in played.requests
        if request["method"] == "POST" and request["path"].endswith("/messages")
    ]

    assert 4 == len(creates)
    for request in creates[:2]:
        body = request["multipart"]["payload_json"]
        (file,) = request["multipart"]["files"]
        labels = [button["label"] for button in body["components"][0]["components"]]
        assert ("chart.png", ["Details", "Why?", "Sources"]) == (file["filename"], labels)
        assert 2_000 < file["size"] < 30_000
        assert body["enforce_nonce"]
        assert len(body["nonce"]) == 25
        assert {"parse": []} == {"parse": body["allowed_mentions"]["parse"]}
        assert len(body["content"]) <= 90


def test_the_default_layout_fits_a_phone(played: Played) -> None:
    """At most 900 characters and no fields; links are counted by what a reader sees."""
    for message in (*played.channel("alerts")[:1], *played.channel("chips")):
        for body in (message, *message["edits"]):
            (embed,) = body["embeds"]
            shown = re.sub(r"\]\([^)]*\)|<t:[^>]*>", "", embed["description"])

            assert len(shown) <= 900
            assert not embed.get("fields")
