"""Start-up is lean: `--help` loads the command line and nothing heavy."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pandas", "matplotlib", "yfinance", "discord", "sqlalchemy", "alembic", "aiohttp")


def test_help_imports_nothing_heavy() -> None:
    """`python -m bot --help` needs click only."""
    code = (
        "import sys\n"
        "from bot.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stderr.strip() == "[]"
    assert "demo" in ran.stdout


def test_the_running_desk_imports_heavy_libraries_late() -> None:
    """pandas, matplotlib and yfinance are imported only in the adapter that needs them."""
    late = ("pandas", "matplotlib", "yfinance", "exchange_calendars", "alembic", "feedparser")
    code = (
        "import sys\n"
        "import bot.app.run\n"
        f"print([name for name in {late!r} if name in sys.modules])\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
