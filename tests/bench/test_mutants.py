"""The mutants' page: what mutmut says is read right, and every part names files that are there."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bench.mutants import INTRODUCTION, Part, Result, Survivor, page, parts, survivor

ROOT = Path(__file__).parent.parent.parent
WORDING = Part("wording", ["bot/brief/wording.py"], ["tests/x.py"], {("flat", "return 1"): "same"})
DIFF = """\
# bot.brief.wording.xǁClockǁ_pence__mutmut_7: survived
--- bot/brief/wording.py
+++ bot/brief/wording.py
@@ -1,4 +1,4 @@
 def _pence(amount: Decimal) -> str:
-    figure = rounded(amount, 4)
+    figure = rounded(amount, 5)
     return f"{figure}p"
"""


def test_every_part_names_files_that_are_there() -> None:
    """What is changed, and at least one test for it."""
    known = parts(tomllib.loads((ROOT / "bench" / "mutants.toml").read_text()))

    assert {"wording", "episode", "measure", "catalyst"} <= known.keys()
    for part in known.values():
        assert part.tests
        missing = [path for path in (*part.mutate, *part.tests) if not (ROOT / path).exists()]
        assert missing == []


def test_a_survivor_is_told_by_function_and_line() -> None:
    """As a person knows them, without mutmut's numbers."""
    line = ("figure = rounded(amount, 4)", "figure = rounded(amount, 5)")

    assert survivor("bot.brief.wording.x__pence__mutmut_7", DIFF) == Survivor("_pence", *line)
    assert survivor("bot.x.xǁClockǁnow__mutmut_12", DIFF) == Survivor("Clock.now", *line)


def test_the_page_keeps_what_was_not_tried_again() -> None:
    """A section a part; the reasons beside the survivors; a bar in the code breaks no table."""
    lived = [Survivor("flat", "return 0", "return 1"), Survivor("size", "a | b", "a & b")]
    old = page("", Result(WORDING, 40, lived))
    whole = Part("episode", ["bot/desk/episode.py"], [], {})
    new = page(old, Result(whole, 10, []))

    assert new == (
        f"{INTRODUCTION}\n"
        "## wording\n\n"
        "`bot/brief/wording.py`: 38 of 40 mutants killed, 95.0 %.\n\n"
        "| Function | Before | After | Why it may live |\n|---|---|---|---|\n"
        "| `flat` | `return 0` | `return 1` | same |\n"
        "| `size` | `a \\| b` | `a & b` | no reason given |\n\n"
        "## episode\n\n"
        "`bot/desk/episode.py`: 10 of 10 mutants killed, 100.0 %.\n"
    )
    assert page(new, Result(WORDING, 40, lived)) == new


def test_a_line_for_programs() -> None:
    """Whether enough were killed."""
    lived = [Survivor("flat", "return 0", "return 1")]

    assert Result(WORDING, 10, lived).line() == (
        '{"part": "wording", "mutants": 10, "killed": 9, "share": 0.9, "holds": true}'
    )
    assert '"holds": false' in Result(WORDING, 9, lived).line()
