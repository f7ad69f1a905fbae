"""`pytest --hypothesis-profile=situations` draws 10,000 situations instead of a few hundred."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("situations", max_examples=10_000)
