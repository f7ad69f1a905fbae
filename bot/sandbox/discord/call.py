"""One request after it was read: what the routes are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart body; `name` is the part's, `files[0]`."""

    name: str
    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A request, with the parameters of its path and its body decoded."""

    method: str
    path: str  # as received, from /api/v10 on
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any = None
    uploads: list[Upload] = field(default_factory=list)
    multipart: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Any]:
        """The body as an object; an absent one is empty."""
        return self.body if isinstance(self.body, dict) else {}

    def __getitem__(self, parameter: str) -> str:
        return self.parameters[parameter]
