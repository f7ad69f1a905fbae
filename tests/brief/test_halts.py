"""When the exchange stopped trading, in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brief.context_halts import halts
from bot.brief.situations.official import filed_and_halted
from bot.model.halt import Halt
from tests.builders import NEW_YORK, at


def said(*told: Halt, zone: str = NEW_YORK) -> str:
    """Of a brief with a quote of 11:08, composed two seconds later at the earliest."""
    brief = filed_and_halted()
    return halts(replace(brief, context=replace(brief.context, halts=told)), zone)


def pause(clock: str, resumes: datetime | None = None, reason: str = "volatility pause") -> Halt:
    return Halt("NWND", at(clock), "LUDP", reason, None, resumes)


def test_no_halt_no_words() -> None:
    assert "" == said()


def test_from_when_to_when() -> None:
    """In the reader's zone, where that is another one."""
    one = pause("10:31", at("11:01"), "news pending")

    assert "Trading was halted at 10:31 EST (news pending), resumed 11:01 EST" == said(one)
    assert "Trading was halted at 15:31 GMT (news pending), resumed 16:01 GMT" == said(
        one, zone="Europe/London"
    )


def test_of_several_the_last_is_told() -> None:
    pauses = pause("09:45", at("09:50")), pause("10:02", at("10:07"))

    assert (
        "Trading was halted 2 times, last at 10:02 EST (volatility pause), resumed 10:07 EST"
        == said(*pauses)
    )


def test_an_end_that_nobody_told_is_not_told() -> None:
    """The listing trades again: its price is younger than the halt."""
    assert "Trading was halted at 10:31 EST (volatility pause)" == said(pause("10:31"))


def test_one_that_stands() -> None:
    """The price is of before it."""
    assert "Trading has been halted since 11:08 EST (volatility pause)" == said(pause("11:08"))


def test_a_reason_from_outside_is_escaped() -> None:
    assert r"Trading was halted at 10:31 EST (code \*X\*)" == said(pause("10:31", None, "code *X*"))
