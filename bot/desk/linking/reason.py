"""Why do these words count as the company? One sentence, with what tipped it where that was close."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.desk.linking.forms import Form

_SAYS = {
    Form.TICKER: "ticker",
    Form.BARE: "ticker",
    Form.FORMER: "former name",
    Form.NICKNAME: "nickname",
    Form.BRAND: "brand",
    Form.PRODUCT: "product",
    Form.THEME: "theme",
}
_PLAIN = {
    "its ticker is printed": "its ticker is printed too",
    "a legal tail follows": "its legal form follows",
    "named in the summary": "the summary names it in full",
    "named more than once": "it is named more than once",
    "possessive": "it owns what follows",
}
_ALSO = 2  # things said for an ambiguous name


def reason(form: Form, where: str, features: Sequence[str], worth: Callable[[str], int]) -> str:
    """
    The reason of one mention: "name in the title"; of words that have another meaning too, what
    spoke most for the company: 'name in the title; "shares" follows'.
    """
    plain = f"{_SAYS.get(form, 'name')} in the {where}"
    if not any(feature.endswith((", common", " weak")) for feature in features):
        return plain
    said = {text: worth(feature) for feature in features if (text := _told(feature))}
    best = sorted((text for text in said if said[text] > 0), key=lambda text: -said[text])
    return "; ".join([plain, *best[:_ALSO]])


def _told(feature: str) -> str:
    """A feature in words; "" for one that says nothing to a person."""
    name = feature.removesuffix(", common")
    if name in _PLAIN:
        return _PLAIN[name]
    where, _, word = name.partition(": ")
    if word in ("", "nothing"):
        return ""
    return {"after": f'"{word}" follows', "before": f'"{word}" stands before'}.get(where, "")
