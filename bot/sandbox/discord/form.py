"""A request body being checked: every mistake is kept under the path of its field."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from bot.sandbox.discord.wire import Json, Refused

Key = str | int

_WEB = ("http", "https")


class Form:
    """One JSON object at its place in the body; objects below it share its list of mistakes."""

    def __init__(self, value: Json, path: tuple[Key, ...] = (), errors: Json | None = None) -> None:
        self.value = value
        self._path = path
        self._errors: Json = {} if errors is None else errors

    @classmethod
    def each_of(cls, values: object, errors: Json) -> list[Form]:
        """The objects of a body that is a list."""
        return cls({"": values}, (), errors)._forms(values, ())

    def settle(self) -> None:
        """Raise 50035 with every mistake found, if there was one."""
        if self._errors:
            raise Refused(400, 50035, "Invalid Form Body", self._errors)

    def refuse(self, at: Key | tuple[Key, ...], code: str, message: str) -> None:
        """Note a mistake of the field, of a place below it or, at `()`, of this object."""
        keys = at if isinstance(at, tuple) else (at,)
        self._refuse((*self._path, *keys), code, message)

    def has(self, key: str) -> bool:
        return self.value.get(key) is not None

    def require(self, key: str) -> bool:
        """Whether the field is there; it is a mistake if it is not."""
        if self.has(key):
            return True
        self.refuse(key, "BASE_TYPE_REQUIRED", "This field is required")
        return False

    def text(self, key: str, longest: int, shortest: int = 0) -> str:
        """A string with surrounding white space taken off, as Discord counts it."""
        value = self.value.get(key)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.refuse(key, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return ""
        value = value.strip()
        if shortest and not value:
            self.refuse(key, "BASE_TYPE_REQUIRED", "This field is required")
        elif len(value) > longest or len(value) < shortest:
            self._bad_length(key, shortest, longest)
        return value

    def number(self, key: str, lowest: int, highest: int) -> int | None:
        value = self.value.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return None
        if value < lowest:
            message = f"int value should be greater than or equal to {lowest}."
            self.refuse(key, "NUMBER_TYPE_MIN", message)
        if value > highest:
            message = f"int value should be less than or equal to {highest}."
            self.refuse(key, "NUMBER_TYPE_MAX", message)
        return value

    def snowflake(self, key: str) -> None:
        """An id: a number or a string of digits."""
        value = self.value.get(key)
        if value is not None and not is_snowflake(value):
            self.refuse(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')

    def choice(self, key: str, allowed: Collection[Any]) -> Any:
        value = self.value.get(key)
        if value is not None and (isinstance(value, bool) or value not in allowed):
            names = ", ".join(repr(each) for each in allowed)
            self.refuse(key, "BASE_TYPE_CHOICES", f"Value must be one of {{{names}}}.")
        return value

    def boolean(self, key: str) -> None:
        if self.has(key) and not isinstance(self.value[key], bool):
            self.refuse(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")

    def url(self, key: str, schemes: Collection[str] = _WEB, longest: int = 2048) -> str:
        value = self.text(key, longest)
        if not value:
            return ""
        scheme, separator, rest = value.partition("://")
        if not separator or not rest or re.search(r"\s", value):
            self.refuse(key, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        elif scheme not in schemes:
            message = f'Scheme "{scheme}" must be one of {tuple(schemes)}.'
            self.refuse(key, "URL_TYPE_INVALID_SCHEME", message)
        return value

    def form(self, key: str) -> Form | None:
        """The object in that field."""
        value = self.value.get(key)
        if value is None:
            return None
        return self._form(value, (*self._path, key))

    def forms(self, key: str, longest: int, shortest: int = 0) -> list[Form]:
        """The objects in that list."""
        values = self.values(key, longest, shortest)
        return self._forms(values, (*self._path, key))

    def values(self, key: str, longest: int, shortest: int = 0) -> list[Any]:
        values = self.value.get(key)
        if values is None:
            values = []
        if not isinstance(values, list):
            message = "Only iterables may be used in a ListType"
            self.refuse(key, "LIST_TYPE_CONVERT", message)
            return []
        if not shortest <= len(values) <= longest:
            self._bad_length(key, shortest, longest)
        return values

    def _forms(self, values: object, path: tuple[Key, ...]) -> list[Form]:
        if not isinstance(values, list):
            message = "Only iterables may be used in a ListType"
            self._refuse(path, "LIST_TYPE_CONVERT", message)
            return []
        forms = (self._form(each, (*path, index)) for index, each in enumerate(values))
        return [form for form in forms if form is not None]

    def _form(self, value: object, path: tuple[Key, ...]) -> Form | None:
        if isinstance(value, dict):
            return Form(value, path, self._errors)
        message = "Only dictionaries may be used in a ModelType"
        self._refuse(path, "MODEL_TYPE_CONVERT", message)
        return None

    def _bad_length(self, key: str, shortest: int, longest: int) -> None:
        if shortest:
            message = f"Must be between {shortest} and {longest} in length."
            self.refuse(key, "BASE_TYPE_BAD_LENGTH", message)
        else:
            self.refuse(key, "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length.")

    def _refuse(self, path: tuple[Key, ...], code: str, message: str) -> None:
        place = self._errors
        for key in path:
            place = place.setdefault(str(key), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})


def is_snowflake(value: object) -> bool:
    """Whether Discord reads an id; numbers and strings are interchangeable."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return False
    return str(value).isdecimal() and int(value) < 1 << 64
