"""What may leave: words that passed the stylebook, or the plain fallback."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.brief.fallback import plain
from bot.brief.renderer import StylebookRenderer
from bot.model.brief import AnyBrief, Colours, Variant, Violation
from bot.services.ports import Renderer
from tests import builders as b
from tests.brief import facts
from tests.brief.goldens import TEMPLATES


class Held:
    """Collects what was held back."""

    def __init__(self) -> None:
        self.rules: list[str] = []

    def __call__(self, brief: AnyBrief, violations: list[Violation]) -> None:
        self.rules += [violation.rule for violation in violations]


class WatchedPool(ThreadPoolExecutor):
    """Remembers the threads that drew."""

    def __init__(self) -> None:
        super().__init__(1)
        self.asked = 0

    def submit(self, *args, **kwargs) -> Future:  # type: ignore[no-untyped-def, type-arg]
        self.asked += 1
        return super().submit(*args, **kwargs)


@pytest.fixture
def pool() -> Iterator[WatchedPool]:
    with WatchedPool() as pool:
        yield pool


@pytest.fixture
def held() -> Held:
    return Held()


def test_a_good_brief_leaves_as_it_is(pool: WatchedPool, held: Held) -> None:
    renderer: Renderer = StylebookRenderer(TEMPLATES, pool, held)
    rendered = renderer.render(facts.baba(), Variant())

    assert rendered.title == "Alibaba ADRs rise 9.8% after report on Qwen downloads"
    assert held.rules == []


def test_a_brief_that_breaks_the_stylebook_is_held_and_the_plain_one_leaves(
    pool: WatchedPool, held: Held
) -> None:
    brief = replace(facts.baba(), caveats=())
    rendered = StylebookRenderer(TEMPLATES, pool, held).render(brief, Variant())

    assert plain(brief, Variant()) == rendered
    assert held.rules == ["N20"]


def test_a_broken_template_silences_nobody(pool: WatchedPool, held: Held, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    (folder / "brief.j2").write_text("{% if %}", "utf-8")
    renderer = StylebookRenderer(folder, pool, held)

    assert plain(facts.baba(), Variant()) == renderer.render(facts.baba(), Variant())
    assert held.rules == ["template"]
    assert len(renderer.problems()) >= 1


def test_a_template_that_advises_is_held(pool: WatchedPool, held: Held, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    brief = folder / "brief.j2"
    text = brief.read_text("utf-8")
    brief.write_text(text.replace("{{ who.name }} (", "Buy {{ who.name }} ("), "utf-8")

    StylebookRenderer(folder, pool, held).render(facts.baba(), Variant())
    assert held.rules == ["N26"]


async def test_the_picture_is_drawn_in_the_pool(pool: WatchedPool, held: Held) -> None:
    renderer = StylebookRenderer(TEMPLATES, pool, held)
    before = threading.active_count()
    png = await renderer.chart(facts.baba(), facts.minute_bars(b.at("11:08")), Colours.GREEN_UP)

    assert png.startswith(b"\x89PNG")
    assert pool.asked == 1
    assert before < threading.active_count() + 1
