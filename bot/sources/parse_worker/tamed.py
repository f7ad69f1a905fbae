"""
What does feedparser make of these bytes? Its own readers, driven by us and held in check.

`feedparser.parse` reads on to the last of 100,000 entries, spends half its time on dates,
authors and addresses that nobody here asks for, and is quadratic in some of it. These stop at
`MOST_ENTRIES`, take any number of attributes in linear time and keep what they had when a
document breaks them. Everything else is feedparser's own: what it finds is found.
"""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, InputSource

from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.encodings import convert_to_utf8
from feedparser.mixin import _FeedParserMixin
from feedparser.sanitizer import replace_doctype
from feedparser.util import FeedParserDict

MOST_ENTRIES = 500
_MOST_TERMS = 50
_MOST_SKIPPED = 24
_FEW_ATTRIBUTES = 8
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}\?>")
_BASE = re.compile(rb"\bbase\s*=", re.IGNORECASE)
_CDATA_OR_BARE_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?![A-Za-z][A-Za-z0-9]{0,31};|#)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Document:
    """What was found. `version` is "" where nothing looks like a feed; `fault` is its damage."""

    version: str
    feed: dict[str, Any]
    entries: list[dict[str, Any]]
    hours: list[str]
    days: list[str]
    fault: str


def read(body: bytes, content_type: str, url: str) -> Document:
    """As XML, else as well as it goes. Raises what feedparser raises where nothing was found."""
    data, is_known = _decoded(body, content_type)
    # feedparser joins the base with itself at every tag; where no tag has one, nobody needs it.
    base = url if _BASE.search(data) else ""
    version, data, entities = replace_doctype(data)
    fault = "its encoding is not known"
    if is_known:
        strict = _Strict(base, None, "utf-8")
        fault = _read_strictly(strict, data)
        if not fault:
            return _document(strict, version, fault)
    loose = _Loose(base, None, "utf-8", entities)
    _read_loosely(loose, data.decode("utf-8", "replace"))
    return _document(loose, version, fault)


def _decoded(body: bytes, content_type: str) -> tuple[bytes, bool]:
    """As UTF-8, and whether its encoding is known."""
    about: dict[str, Any] = {}
    try:
        data = convert_to_utf8({"content-type": content_type}, body, about)
    except UnicodeError:  # from an encoding that is a trap, such as punycode
        data = convert_to_utf8({}, _DECLARATION.sub(b"", body, 1), about)
    return data, bool(about["encoding"])


class _EnoughError(Exception):
    """There are more entries than a desk reads."""


class _Params(FeedParserDict):  # type: ignore[misc]
    """Asked for every text and copied "deeply"; there is no second name and nothing deep in it."""

    get = dict.get
    __getitem__ = dict.__getitem__
    __setitem__ = dict.__setitem__

    def __deepcopy__(self, _memo: object) -> FeedParserDict:
        return FeedParserDict(self)


class _Tame(_FeedParserMixin):  # type: ignore[misc]
    """What both readers leave out of feedparser's own handling of tags."""

    sanitize_html = False
    resolve_relative_uris = False
    can_be_relative_uri = _FeedParserMixin.can_be_relative_uri - {"id"}

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.contentparams: FeedParserDict = _Params()
        self.is_channel = False
        self.hours: list[str] = []
        self.days: list[str] = []

    def push_content(self, tag: str, *arguments: Any) -> None:
        super().push_content(tag, *arguments)
        self.contentparams = _Params(self.contentparams)

    def _start_channel(self, attributes: dict[str, str]) -> None:
        self.is_channel = True
        super()._start_channel(attributes)

    def _start_item(self, attributes: dict[str, str]) -> None:
        if len(self.entries) >= MOST_ENTRIES:
            raise _EnoughError
        super()._start_item(attributes)

    _start_entry = _start_item

    def _end_published(self) -> None:
        self.pop("published")

    _end_issued = _end_pubdate = _end_published

    def _end_updated(self) -> None:
        self.pop("updated")

    _end_modified = _end_lastbuilddate = _end_updated

    def _end_hour(self) -> None:
        self._skip(self.hours, self.pop("hour"))

    def _end_day(self) -> None:
        self._skip(self.days, self.pop("day"))

    def _skip(self, told: list[str], value: str | None) -> None:
        if value and not self.inentry and len(told) < _MOST_SKIPPED:
            told.append(value)

    def _add_tag(self, term: str, scheme: str, label: str) -> None:
        """Each is compared with all before it."""
        if len(self._get_context().setdefault("tags", [])) < _MOST_TERMS:
            super()._add_tag(term, scheme, label)

    def _sync_author_detail(self, key: str = "author") -> None:
        """An e-mail address is looked for in an author's name, in quadratic time."""

    @staticmethod
    def looks_like_html(_text: str) -> bool:
        """Asked for the sake of sanitising only."""
        return False


class _Strict(_Tame, StrictFeedParser):  # type: ignore[misc]
    def startElementNS(self, name: Any, qname: str, attrs: AttributesNSImpl) -> None:
        if len(attrs) > _FEW_ATTRIBUTES:
            attrs = _Attributes(attrs._attrs, attrs._qnames)  # type: ignore[attr-defined]
        super().startElementNS(name, qname, attrs)


class _Loose(_Tame, LooseFeedParser):  # type: ignore[misc]
    def handle_charref(self, ref: str) -> None:
        with suppress(ValueError, OverflowError):  # there is no such character
            super().handle_charref(ref)


class _Attributes(AttributesNSImpl):
    """The library looks for each name among all names."""

    def __init__(self, attrs: dict[Any, str], qnames: dict[Any, str]) -> None:
        super().__init__(attrs, qnames)
        self._values = {qname: attrs[name] for name, qname in qnames.items()}

    def getValueByQName(self, name: str) -> str:
        return self._values[name]


def _read_strictly(reader: _Strict, data: bytes) -> str:
    """What is wrong with it as XML, "" for nothing."""
    source = InputSource()
    source.setByteStream(io.BytesIO(data))
    parser = ExpatParser()
    parser.setFeature(feature_namespaces, True)
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(reader)
    parser.setErrorHandler(reader)
    try:
        parser.parse(source)
    except _EnoughError:
        pass
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  feedparser raises anything on hostile bytes
        return str(error)[:200] or type(error).__name__
    return ""


def _read_loosely(reader: _Loose, text: str) -> None:
    """A bare ampersand is one: feedparser would read AT&T as "AT&T;"."""
    try:
        reader.feed(_CDATA_OR_BARE_AMPERSAND.sub(_escaped, text))
    except _EnoughError:
        pass
    except MemoryError:
        raise
    except Exception:
        if not reader.entries:
            raise


def _escaped(match: re.Match[str]) -> str:
    return "&amp;" if match[0] == "&" else match[0]


def _document(reader: _Tame, version: str, fault: str) -> Document:
    return Document(
        version or reader.version or ("channel" if reader.is_channel else ""),
        reader.feeddata,
        reader.entries,
        reader.hours,
        reader.days,
        fault,
    )
