"""`bot lint`: what a person who writes a template is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.app.lint import SHIPPED, lint
from bot.brief.situations import SITUATIONS
from bot.cli import main
from bot.errors import UserError


def written(folder: Path, text: str, name: str = "mine.j2") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def told(capsys: pytest.CaptureFixture[str], *paths: Path) -> tuple[int, list[str]]:
    code = lint(paths)
    return code, capsys.readouterr().out.splitlines()


def test_the_shipped_templates_keep_the_stylebook(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = told(capsys)

    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith(f"5 templates in {len(SITUATIONS)} situations, ")
    assert lines[0].endswith(" renderings: every one keeps the stylebook.")


def test_each_violation_is_told_with_situation_layout_rule_and_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(
        tmp_path,
        '{% extends "no_catalyst.j2" %}\n'
        "{% block headline %}Buy {{ who.headline }} {{ move.headline }}{% endblock %}\n",
    )
    code, lines = told(capsys, path)

    assert code == 1
    assert lines[0] == (f"{path}: down, layout brief: N26 no advice and no prediction: “Buy”")
    assert any(": pence" in line for line in lines) is False  # it has a cause
    assert any(": half-day, layout full: N26" in line for line in lines)
    assert lines[-1].endswith(" to mend; docs/templates.md says how to write one.")


def test_a_template_for_corrections_meets_corrected_situations_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(
        tmp_path,
        "{% extends base %}\n"
        "{% block correction %}{{ correction.why }} {{ correction.at }}{% endblock %}\n",
        "correction.j2",
    )
    code, lines = told(capsys, path)
    places = {line.split(": ")[1].split(",")[0] for line in lines[:-1]}

    assert code == 1
    assert places == {"corrected", "refiled", "withdrawn", "market-corrected"}
    assert places == {line.split(": ")[1].split(",")[0] for line in lines if ": N28 " in line}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{% extends "brief.j2" %}\n{% block lede %}\n{{ whom }}{% endblock %}',
            "line 3: whom is not a name of the brief; use one of cause, caveats, ",
        ),
        (
            '{% extends "brief.j2" %}\n{% block lede %}{{ who.bourse }}{% endblock %}',
            "line 2: who.bourse is not known; who has exchange, headline, name, ticker",
        ),
        (
            '{% extends "market.j2" %}\n{% block lede %}{{ who.name }}{% endblock %}',
            "line 2: who is not a name of the brief; use one of caveats, correction, first, ",
        ),
        (
            '{% extends "brief.j2" %}\n\n{% block led %}x{% endblock %}',
            "line 3: block led is not one of brief.j2; use one of body, catalyst, ",
        ),
        (
            '{% extends "brief.j2" %}\n{% block lede %}{{ who.name {% endblock %}',
            "line 2: expected token 'end of print statement', got '{'; correct it, or ",
        ),
        (
            '{% extends "brief.j2" %}\n{% block lede %}{{ 1 / 0 }}{% endblock %}',
            "line 2: division by zero; correct it, or ",
        ),
        (
            '{% extends "brief.j2" %}\n{% block lede %}{% endblock %}',
            "says nothing in lede; ",
        ),
        (
            '{% extends "brief.j2" %}\n{% block lede %}{{ who.__class__ }}{% endblock %}',
            "line 2: who.__class__ is not known; ",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(
    text: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, text)
    code, lines = told(capsys, path)

    assert code == 1
    assert len(lines) <= 3  # the brief alone, and the brief under a correction
    assert str(path) in lines[0]
    assert expected in lines[0]


def test_a_folder_is_all_its_templates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, '{% extends "brief.j2" %}', "a.j2")
    written(tmp_path, '{% extends "market.j2" %}', "b.j2")
    code, lines = told(capsys, tmp_path)

    assert code == 0
    assert lines[0].startswith("2 templates in ")


def test_what_is_no_template_is_refused(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "has no templates"), (tmp_path / "x.j2", "is not a template")):
        with pytest.raises(UserError, match=words):
            lint([path])


def test_the_command_line_ends_in_the_verdict(tmp_path: Path) -> None:
    good = CliRunner().invoke(main, ["lint", str(SHIPPED / "market.j2")])
    bad = CliRunner().invoke(main, ["lint", str(tmp_path)])

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "keeps the stylebook" in good.output
    assert f"{tmp_path} has no templates; name a .j2 file" in bad.output
