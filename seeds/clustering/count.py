"""
Count the words that headlines use: which are no names, and how rare is each?

    python seeds/clustering/count.py ../shared/data

Writes `everyday.py` and `bands.py` of bot/desk/cluster. Only words and counts leave this script.
"""

from __future__ import annotations

import gzip
import json
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from bot.desk.cluster import reading
from bot.desk.cluster.tables import CLASSES, COMPOUNDS
from bot.desk.cluster.title import Word, pieces, plain

PACKAGE = HERE.parents[1] / "bot" / "desk" / "cluster"
LOUD = 0.5  # share of capitals below which a headline is in sentence case
OFTEN = 12  # headlines from which on a word's rarity is written down

EVERYDAY = '''"""
Which words are no names, though a headline in title case writes them like one?

Stems of words seen in lower case, counted by seeds/clustering/count.py.
"""

from __future__ import annotations

from bot.desk.cluster.small import listed

EVERYDAY = frozenset(
    listed(
        """
{words}
        """
    )
)
'''
BANDS = '''"""
How often does a word stand in a headline? A band n holds what stands in some 2**n of them.

Counted by seeds/clustering/count.py. ":up" is a class of words, "@tesla" a part of a name; what
is not listed is rarer.
"""

from __future__ import annotations

HEADLINES = {count}
BANDS = """
{bands}
"""
'''


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Count the headlines of DATA and write the two modules."""
    titles = [row["title"] for row in _rows(data / "replay_news_dev.jsonl.gz")]
    words = sorted(_everyday(titles))
    (PACKAGE / "everyday.py").write_text(EVERYDAY.format(words=_filled(words)))
    vars(reading)["EVERYDAY"] = frozenset(words)  # the bands are counted with it
    (PACKAGE / "bands.py").write_text(BANDS.format(count=len(titles), bands=_bands(titles)))


def _everyday(titles: Iterable[str]) -> Iterator[str]:
    """Stems that stand in lower case more often than not, where case tells anything."""
    low, high = Counter[str](), Counter[str]()
    for title in titles:
        words = [piece for piece in pieces(plain(title), COMPOUNDS) if isinstance(piece, Word)]
        long = [word.capital for word in words[1:] if len(word.text) > 3]
        if long and sum(long) < LOUD * len(long):
            for word in words[1:]:
                (high if word.capital else low)[word.stem] += 1
    yield from (word for word in low if 1 < low[word] > high[word] and word not in CLASSES)


def _bands(titles: Iterable[str]) -> str:
    count = Counter[str]()
    for title in titles:
        found = reading.read.__wrapped__(title)
        count.update(found.words)
        count.update({f"@{part}" for name in found.names for part in name})
    bands: dict[int, list[str]] = {}
    for word, often in count.items():
        if often >= OFTEN:
            bands.setdefault(often.bit_length() - 1, []).append(word)
    return "\n".join(_line(f"{band}:", sorted(bands[band])) for band in sorted(bands))


def _line(head: str, words: Iterable[str]) -> str:
    text = f"{head} {' '.join(words)}"
    return "\n".join(textwrap.wrap(text, 99, subsequent_indent="  ", break_on_hyphens=False))


def _filled(words: Iterable[str]) -> str:
    text = " ".join(words)
    return textwrap.fill(
        text, 99, initial_indent=8 * " ", subsequent_indent=8 * " ", break_on_hyphens=False
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
