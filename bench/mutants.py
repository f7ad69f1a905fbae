"""
Do the tests notice when the desk's judgement is changed? `python -m bench.mutants [PART]…`

mutmut changes one operator, figure, word or argument at a time in a copy of the tree and runs
the part's own tests against each change. The parts, and why a survivor may live, stand in
`mutants.toml`; the results in `docs/mutants.md`. mutmut changes functions: tables and patterns
at the top of a module, and properties, are not among its mutants.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "mutants.md"
COPIED = ("bot", "tests", "seeds", "templates", "bench", "docs")
FILES = ("config.toml", "pyproject.toml")
NOTICED = frozenset({"killed", "timeout", "segfault", "caught by type check"})
ENOUGH = 0.90
EXAMPLES = 30
INTRODUCTION = """\
# Mutants

What becomes of the tests when the code is changed: `make mutants` changes one operator, figure,
word or argument at a time ([mutmut](https://mutmut.readthedocs.io)) and runs the part's own fast
tests against each change. A mutant is killed when a test fails. At least 90 % must be; each
survivor is listed, with the reason why it may live. Hypothesis runs with a fixed seed and few
examples. Tables and patterns at the top of a module, and properties, are not changed.
"""

PROFILE = f"""\
from hypothesis import settings

settings.register_profile(
    "mutants", max_examples={EXAMPLES}, derandomize=True, database=None, deadline=None
)
settings.load_profile("mutants")
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Modules that are changed together, and the tests that must notice."""

    name: str
    mutate: Sequence[str]
    tests: Sequence[str]
    reasons: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Survivor:
    """One change that no test noticed: the function, the line before and after it."""

    function: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Result:
    part: Part
    mutants: int
    survivors: Sequence[Survivor]

    @property
    def share(self) -> float:
        return 1 - len(self.survivors) / self.mutants if self.mutants else 0.0

    def line(self) -> str:
        """A line of JSON, as the benchmarks print theirs."""
        killed = self.mutants - len(self.survivors)
        row = {"part": self.part.name, "mutants": self.mutants, "killed": killed}
        return json.dumps(row | {"share": round(self.share, 4), "holds": self.share >= ENOUGH})


@click.command()
@click.argument("names", nargs=-1, metavar="[PART]...")
@click.option("--children", default=2, help="How many mutants are tried at once.")
def main(names: tuple[str, ...], children: int) -> None:
    """Try the tests of every part, or of those named; exit 1 where fewer than 90 % are killed."""
    known = parts(tomllib.loads((ROOT / "bench" / "mutants.toml").read_text()))
    if unknown := set(names) - known.keys():
        raise click.UsageError(f"no part {min(unknown)}; the parts are {', '.join(known)}")
    few = False
    for name in names or known:
        result = try_out(known[name], children)
        PAGE.write_text(page(PAGE.read_text() if PAGE.exists() else "", result))
        few |= result.share < ENOUGH
    sys.exit(few)


def parts(data: Mapping[str, dict[str, list[str]]]) -> dict[str, Part]:
    """The parts of `mutants.toml`, by name."""
    found = {}
    for name, fields in data.items():
        told: Iterable[Mapping[str, str]] = fields.get("survivors", [])  # type: ignore[assignment]
        reasons = {(one["function"], one["after"]): one["why"] for one in told}
        found[name] = Part(name, fields["mutate"], fields["tests"], reasons)
    return found


def try_out(part: Part, children: int) -> Result:
    """Run mutmut in a copy of the tree; raises `ClickException` where its tests are red."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-mutants-") as folder:
        copy = Path(folder)
        _copy(part, copy)
        _mutmut(copy, "run", "--max-children", str(children))
        lines = _mutmut(copy, "results", "--all", "true").splitlines()
        told = dict(line.strip().rsplit(": ", 1) for line in lines if "__mutmut_" in line)
        alive = [name for name, status in told.items() if status not in NOTICED]
        survivors = [survivor(name, _mutmut(copy, "show", name)) for name in alive]
    result = Result(part, len(told), survivors)
    click.echo(result.line())
    return result


def survivor(name: str, diff: str) -> Survivor:
    """Read mutmut's name, "bot.brief.wording.x__pence__mutmut_7", and its unified diff."""
    function = re.sub(r"__mutmut_\d+$", "", name.rpartition(".")[2])
    function = re.sub(r"^x(?:_|ǁ)", "", function).replace("ǁ", ".")
    lines = diff.splitlines()
    before, after = (
        " ".join(line[1:].strip() for line in lines if re.match(rf"\{sign}(?!\{sign})", line))
        for sign in "-+"
    )
    return Survivor(function, before, after)


def page(old: str, result: Result) -> str:
    """The page with the section of this result made new, and the others as they were."""
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", old, re.DOTALL | re.MULTILINE))
    sections[result.part.name] = _section(result)
    return INTRODUCTION + "".join(
        f"\n## {name}\n\n{text.strip()}\n" for name, text in sections.items()
    )


def _section(result: Result) -> str:
    killed = result.mutants - len(result.survivors)
    modules = ", ".join(f"`{path}`" for path in result.part.mutate)
    share = f"{result.share:.1%}".replace("%", " %")
    text = f"{modules}: {killed} of {result.mutants} mutants killed, {share}.\n"
    if not result.survivors:
        return text
    rows = "".join(
        f"| `{one.function}` | `{_cell(one.before)}` | `{_cell(one.after)}` "
        f"| {result.part.reasons.get((one.function, one.after), 'no reason given')} |\n"
        for one in result.survivors
    )
    return f"{text}\n| Function | Before | After | Why it may live |\n|---|---|---|---|\n{rows}"


def _cell(code: str) -> str:
    return code.replace("|", "\\|").replace("`", "'")


def _copy(part: Part, copy: Path) -> None:
    for folder in COPIED:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, copy / name)
    (copy / "conftest.py").write_text(PROFILE)
    tests = [path for path in part.tests if (ROOT / path).exists()]
    settings: Mapping[str, object] = {
        "source_paths": ["bot"],
        "only_mutate": list(part.mutate),
        "also_copy": ["seeds", "templates", "bench", "docs", "config.toml", "conftest.py"],
        "pytest_add_cli_args": ["-o", "addopts=", "-p", "no:xdist", "-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    with (copy / "pyproject.toml").open("a") as file:
        file.write("\n[tool.mutmut]\nuse_git_change_detection = false\n" + "\n".join(lines) + "\n")


def _mutmut(copy: Path, *arguments: str) -> str:
    command = (sys.executable, "-m", "mutmut", *arguments)
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if ran.returncode:
        tail = (ran.stdout + ran.stderr)[-3000:]
        raise click.ClickException(f"mutmut {arguments[0]} failed:\n{tail}")
    return ran.stdout


if __name__ == "__main__":
    main()
