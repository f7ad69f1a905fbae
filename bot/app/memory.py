"""What need Python's collector not look at again and again?"""

from __future__ import annotations

import gc

_YOUNG = 50_000
"""
Objects made before the youngest are looked at. A pass over two thousand tickers keeps some ten
thousand: at Python's own 700 they would be walked over a dozen times before it is done.
"""


def settle() -> None:
    """Take what a desk is made of, once it is open, out of every later collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)
