"""Discord's rules for messages, one by one: just allowed, and refused with the field's path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.discord.call import Upload
from bot.sandbox.discord.messages import Attachment, Body
from bot.sandbox.discord.validate import check_create, check_edit
from bot.sandbox.discord.wire import Refused

V2 = 1 << 15
Json = dict[str, Any]


def mistakes(errors: Json, path: str = "") -> Iterator[str]:
    """Every mistake as `path: CODE`."""
    for key, value in errors.items():
        if key == "_errors":
            yield from (f"{path}: {each['code']}" for each in value)
        else:
            yield from mistakes(value, f"{path}.{key}" if path else key)


def verdict(payload: Json, *files: str, ephemeral: bool = False) -> list[str]:
    uploads = [Upload(f"files[{n}]", name, "", b"x") for n, name in enumerate(files)]
    try:
        check_create(payload, uploads, ephemeral=ephemeral)
    except Refused as refused:
        return sorted(mistakes(refused.body.get("errors", {}))) or [str(refused.body["code"])]
    return []


def embed(**parts: Any) -> Json:
    return {"embeds": [parts]}


def row(*components: Json) -> Json:
    return {"components": [{"type": 1, "components": list(components)}]}


def layout(*components: Json) -> Json:
    return {"flags": V2, "components": list(components)}


def button(**changed: Any) -> Json:
    return {"type": 2, "style": 2, "label": "Mute", "custom_id": "desk:1:mute"} | changed


def buttons(count: int) -> list[Json]:
    return [button(custom_id=f"b{n}") for n in range(count)]


def link(**changed: Any) -> Json:
    return {"type": 2, "style": 5, "label": "Open", "url": "https://example.com"} | changed


def select(**changed: Any) -> Json:
    options = [{"label": "BABA", "value": "BABA"}]
    return {"type": 3, "custom_id": "pick", "options": options} | changed


def text(words: str = "x") -> Json:
    return {"type": 10, "content": words}


def gallery(url: str, **changed: Any) -> Json:
    return {"type": 12, "items": [{"media": {"url": url}} | changed]}


def field(name: str = "n", value: str = "v") -> Json:
    return {"name": name, "value": value}


def section(*texts: Json, **parts: Any) -> Json:
    return {"type": 9, "components": list(texts), "accessory": link()} | parts


def fields(count: int) -> list[Json]:
    return [field() for _ in range(count)]


def mentions(**allowed: Any) -> Json:
    return {"content": "x", "allowed_mentions": allowed}


LONG = "BASE_TYPE_MAX_LENGTH"
LENGTH = "BASE_TYPE_BAD_LENGTH"
REQUIRED = "BASE_TYPE_REQUIRED"
LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
UNKNOWN_FILE = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
PICTURE = "https://example.com/a.png"
IN_ROW = "components.0.components.0"

# fmt: off
# what is checked, the most that passes, the least that is refused, where and why
RULES: list[tuple[str, Json, Json, str]] = [
    ("content", {"content": "x" * 2000}, {"content": "x" * 2001}, f"content: {LONG}"),
    ("content is words", {"content": "x"}, {"content": 5}, "content: STRING_TYPE_CONVERT"),
    ("empty", {"content": "x"}, {}, "50006"),
    ("white space", {"content": " x "}, {"content": " \n\t"}, "50006"),
    ("nonce", {"content": "x", "nonce": "n" * 25}, {"content": "x", "nonce": "n" * 26},
     "nonce: NONCE_TYPE_TOO_LONG"),
    ("flags", {"content": "x", "flags": 1 << 12}, {"content": "x", "flags": 64},
     "flags: MESSAGE_FLAGS_INVALID"),
    ("embeds", {"embeds": [{"title": "x"}] * 10}, {"embeds": [{"title": "x"}] * 11},
     f"embeds: {LONG}"),
    ("title", embed(title="x" * 256), embed(title="x" * 257), f"embeds.0.title: {LONG}"),
    ("description", embed(description="x" * 4096), embed(description="x" * 4097),
     f"embeds.0.description: {LONG}"),
    ("empty embed", embed(title="x"), embed(color=1), f"embeds.0.description: {REQUIRED}"),
    ("fields", embed(fields=fields(25)), embed(fields=fields(26)), f"embeds.0.fields: {LONG}"),
    ("field name", embed(fields=[field("n" * 256)]), embed(fields=[field("n" * 257)]),
     f"embeds.0.fields.0.name: {LENGTH}"),
    ("field value", embed(fields=[field(value="v" * 1024)]),
     embed(fields=[field(value="v" * 1025)]), f"embeds.0.fields.0.value: {LENGTH}"),
    ("blank field", embed(fields=[field()]), embed(fields=[field(value="  ")]),
     f"embeds.0.fields.0.value: {REQUIRED}"),
    ("footer", embed(footer={"text": "x" * 2048}), embed(footer={"text": "x" * 2049}),
     f"embeds.0.footer.text: {LENGTH}"),
    ("author", embed(author={"name": "x" * 256}), embed(author={"name": "x" * 257}),
     f"embeds.0.author.name: {LENGTH}"),
    ("6,000 over all embeds",
     {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000}]},
     {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000, "title": "x"}]},
     "embeds: MAX_EMBED_SIZE_EXCEEDED"),
    ("colour", embed(title="x", color=0xFFFFFF), embed(title="x", color=0x1000000),
     "embeds.0.color: NUMBER_TYPE_MAX"),
    ("timestamp", embed(title="x", timestamp="2026-01-12T16:08:00+00:00"),
     embed(title="x", timestamp="today"), "embeds.0.timestamp: DATE_TIME_TYPE_PARSE"),
    ("scheme", embed(title="x", url="https://example.com"), embed(title="x", url="ftp://a.b"),
     "embeds.0.url: URL_TYPE_INVALID_SCHEME"),
    ("address", embed(title="x", url="https://example.com"), embed(title="x", url="example"),
     "embeds.0.url: URL_TYPE_INVALID_URL"),
    ("embed picture", embed(image={"url": PICTURE}), embed(image={"url": "attachment://a.png"}),
     f"embeds.0.image.url: {UNKNOWN_FILE}"),
    ("rows", {"components": row(button())["components"] + [
        {"type": 1, "components": [button(custom_id=str(n))]} for n in range(4)]},
     {"components": [{"type": 1, "components": [button(custom_id=str(n))]} for n in range(6)]},
     f"components: {LONG}"),
    ("buttons in a row", row(*buttons(5)), row(*buttons(6)),
     f"components.0.components: {LENGTH}"),
    ("empty row", row(button()), row(), f"components.0.components: {LENGTH}"),
    ("label", row(button(label="x" * 80)), row(button(label="x" * 81)),
     f"{IN_ROW}.label: {LONG}"),
    ("custom id", row(button(custom_id="x" * 100)), row(button(custom_id="x" * 101)),
     f"{IN_ROW}.custom_id: {LENGTH}"),
    ("custom id needed", row(button()), row(button(custom_id=None)),
     f"{IN_ROW}.custom_id: {REQUIRED}"),
    ("unique custom id", row(button(), button(custom_id="b")), row(button(), button()),
     "components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED"),
    ("unique id", row(button(id=7), link(id=8)), row(button(id=7), link(id=7)),
     "components.0.components.1.id: COMPONENT_ID_DUPLICATED"),
    ("style", row(button()), row(button(style=7)), f"{IN_ROW}.style: BASE_TYPE_CHOICES"),
    ("style needed", row(button()), row(button(style=None)), f"{IN_ROW}.style: {REQUIRED}"),
    ("label or emoji", row(button(label=None, emoji={"name": "🔕"})), row(button(label=None)),
     f"{IN_ROW}: BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    ("link needs a url", row(link()), row(link(url=None)), f"{IN_ROW}.url: {REQUIRED}"),
    ("link has no custom id", row(link()), row(link(custom_id="x")),
     f"{IN_ROW}: BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"),
    ("button has no url", row(button()), row(button(url="https://example.com")),
     f"{IN_ROW}: BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"),
    ("url length", row(link(url="https://a.b/" + "x" * 500)),
     row(link(url="https://a.b/" + "x" * 501)), f"{IN_ROW}.url: {LONG}"),
    ("premium", row({"type": 2, "style": 6, "sku_id": "1"}), row({"type": 2, "style": 6}),
     f"{IN_ROW}.sku_id: {REQUIRED}"),
    ("premium has no label", row({"type": 2, "style": 6, "sku_id": "1"}),
     row({"type": 2, "style": 6, "sku_id": "1", "label": "x"}),
     f"{IN_ROW}.label: BUTTON_COMPONENT_PREMIUM_FIELDS"),
    ("only rows without V2", row(button()), {"components": [text()]},
     "components.0.type: UNION_TYPE_CHOICES"),
    ("select fills a row", row(select()), row(button(), select()),
     "components.0.components.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ("options", row(select()), row(select(options=[])), f"{IN_ROW}.options: {LENGTH}"),
    ("option values", row(select()),
     row(select(options=[{"label": "a", "value": "x"}, {"label": "b", "value": "x"}])),
     f"{IN_ROW}.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
    ("placeholder", row(select(placeholder="x" * 150)), row(select(placeholder="x" * 151)),
     f"{IN_ROW}.placeholder: {LONG}"),
    ("choose at least", row(select(min_values=1, max_values=1)),
     row(select(min_values=2, max_values=1)), f"{IN_ROW}.max_values: NUMBER_TYPE_MIN"),
    ("V2 without content", layout(text()), layout(text()) | {"content": "x"},
     f"content: {LEGACY}"),
    ("V2 without embeds", layout(text()), layout(text()) | embed(title="x"),
     f"embeds: {LEGACY}"),
    ("40 components", layout(*[text() for _ in range(40)]),
     layout(*[text() for _ in range(39)], {"type": 17, "components": [text()]}),
     "components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ("4,000 characters", layout(text("x" * 2000), text("x" * 2000)),
     layout(text("x" * 2000), text("x" * 2001)),
     "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    ("text display", layout(text()), layout(text("  ")), f"components.0.content: {REQUIRED}"),
    ("section texts", layout(section(text(), text(), text())), layout(section(*[text()] * 4)),
     f"components.0.components: {LENGTH}"),
    ("section accessory", layout(section(text())), layout(section(text(), accessory=None)),
     f"components.0.accessory: {REQUIRED}"),
    ("gallery items", layout(gallery(PICTURE)), layout({"type": 12, "items": []}),
     f"components.0.items: {LENGTH}"),
    ("gallery file", layout(gallery(PICTURE)), layout(gallery("attachment://a.png")),
     f"components.0.items.0.media.url: {UNKNOWN_FILE}"),
    ("media description", layout(gallery(PICTURE, description="x" * 1024)),
     layout(gallery(PICTURE, description="x" * 1025)),
     f"components.0.items.0.description: {LONG}"),
    ("file component", layout(text()), layout({"type": 13, "file": {"url": PICTURE}}),
     "components.0.file.url: URL_TYPE_INVALID_SCHEME"),
    ("separator", layout({"type": 14, "spacing": 2}), layout({"type": 14, "spacing": 3}),
     "components.0.spacing: BASE_TYPE_CHOICES"),
    ("accent colour", layout({"type": 17, "accent_color": 0, "components": [text()]}),
     layout({"type": 17, "accent_color": -1, "components": [text()]}),
     "components.0.accent_color: NUMBER_TYPE_MIN"),
    ("containers do not nest", layout({"type": 17, "components": [text()]}),
     layout({"type": 17, "components": [{"type": 17, "components": [text()]}]}),
     "components.0.components.0.type: UNION_TYPE_CHOICES"),
    ("parse", mentions(parse=["users"]), mentions(parse=["channels"]),
     "allowed_mentions.parse.0: BASE_TYPE_CHOICES"),
    ("parsed or listed", mentions(parse=["roles"], users=["1"]),
     mentions(parse=["users"], users=["1"]),
     "allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"),
    ("listed once", mentions(users=["1"]), mentions(users=["1", 1]),
     "allowed_mentions.users: SET_TYPE_ALREADY_CONTAINS_VALUE"),
    ("list of mentions", mentions(roles=[str(n) for n in range(100)]),
     mentions(roles=[str(n) for n in range(101)]), f"allowed_mentions.roles: {LONG}"),
    ("reply", {"content": "x", "message_reference": {"message_id": "1"}},
     {"content": "x", "message_reference": {}}, f"message_reference.message_id: {REQUIRED}"),
    ("mentions by id", mentions(users=["1", 2]), mentions(users=["ada"]),
     "allowed_mentions.users.0: NUMBER_TYPE_COERCE"),
    ("kind of nonce", {"content": "x", "nonce": 7}, {"content": "x", "nonce": 1.5},
     "nonce: UNION_TYPE_CHOICES"),
    ("custom id of words", row(button()), row(button(custom_id="")),
     f"{IN_ROW}.custom_id: {REQUIRED}"),
    ("objects", embed(title="x"), {"embeds": ["x"]}, "embeds.0: MODEL_TYPE_CONVERT"),
    ("lists", embed(title="x"), {"embeds": {"title": "x"}}, "embeds: LIST_TYPE_CONVERT"),
]
# fmt: on


@pytest.mark.parametrize(("rule", "allowed", "beyond", "mistake"), RULES, ids=[r[0] for r in RULES])
def test_a_message_within_the_rules_passes(
    rule: str, allowed: Json, beyond: Json, mistake: str
) -> None:
    """The most that is allowed passes; one step further is refused where it is wrong."""
    assert verdict(allowed) == []
    assert mistake in verdict(beyond)


def test_every_mistake_is_reported_at_once() -> None:
    """Discord lists all fields that are wrong."""
    payload = embed(title="x" * 257, fields=[field(value="")]) | {"nonce": "n" * 26}

    assert verdict(payload) == [
        f"embeds.0.fields.0.value: {REQUIRED}",
        f"embeds.0.title: {LONG}",
        "nonce: NONCE_TYPE_TOO_LONG",
    ]


def test_files_and_their_entries_belong_together() -> None:
    """Every attachments[].id has its files[n], pictures may name them, ten is the most."""
    listed = {"attachments": [{"id": 0}], "embeds": [{"image": {"url": "attachment://a.png"}}]}
    twice = {"attachments": [{"id": 0}, {"id": "0"}]}

    assert verdict(listed, "a.png") == []
    assert verdict({}, "a.png") == []
    assert verdict({"content": "x", "attachments": [{"id": 1}]}, "a.png") == [
        "attachments.0.id: ATTACHMENT_NOT_FOUND"
    ]
    assert verdict(twice, "a.png") == ["attachments.1.id: SET_TYPE_ALREADY_CONTAINS_VALUE"]
    assert verdict({}, *["a.png"] * 10) == []
    assert verdict({}, *["a.png"] * 11) == [f"files: {LONG}"]


def test_files_of_more_than_ten_megabytes_are_too_large() -> None:
    """All files together count."""
    half = Upload("files[0]", "a", "", bytes(5 << 20))
    rest = Upload("files[1]", "b", "", bytes((5 << 20) + 1))
    with pytest.raises(Refused) as refused:
        check_create({}, [half, rest])

    assert (refused.value.status, refused.value.body["code"]) == (413, 40005)


def test_ephemeral_is_for_interactions() -> None:
    """The flag is refused on a channel's message and taken in an interaction's answer."""
    payload = {"content": "x", "flags": 64}

    assert verdict(payload) == ["flags: MESSAGE_FLAGS_INVALID"]
    assert verdict(payload, ephemeral=True) == []


CHART = Attachment("77", "chart.png", "image/png", b"x", "http://127.0.0.1/chart.png")
BRIEF = Body(
    content="BABA",
    embeds=[{"title": "x", "image": {"url": "attachment://chart.png"}}],
    attachments=[CHART],
)
PANEL = Body(components=[text()], flags=V2)


@pytest.mark.parametrize(
    ("before", "payload", "expected"),
    [
        (BRIEF, {"content": "y"}, []),
        (BRIEF, {"attachments": [{"id": "77"}]}, []),
        (BRIEF, {"attachments": []}, [f"embeds.0.image.url: {UNKNOWN_FILE}"]),
        (BRIEF, {"attachments": [], "embeds": []}, []),
        (BRIEF, {"attachments": [{"id": "78"}]},
         ["attachments.0.id: ATTACHMENT_NOT_FOUND", f"embeds.0.image.url: {UNKNOWN_FILE}"]),
        (BRIEF, {"content": None, "embeds": [], "attachments": []}, ["50006"]),
        (BRIEF, {"content": "x" * 2001}, [f"content: {LONG}"]),
        (BRIEF, {"flags": 4}, []),
        (BRIEF, {"flags": 4096}, ["flags: MESSAGE_FLAGS_INVALID"]),
        (BRIEF, {"flags": V2, "components": [text()]}, [f"content: {LEGACY}", f"embeds: {LEGACY}"]),
        (BRIEF, {"flags": V2, "components": [text()], "content": None, "embeds": []}, []),
        (PANEL, {"components": [text("y")]}, []),
        (PANEL, {"content": "x"}, [f"content: {LEGACY}"]),
        (PANEL, {"flags": 0}, ["flags: MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"]),
    ],
)  # fmt: skip
def test_an_edit_is_judged_by_what_stands_after_it(
    before: Body, payload: Json, expected: list[str]
) -> None:
    """What the edit does not mention counts as well, and V2 is for ever."""
    try:
        check_edit(payload, [], before)
        found = []
    except Refused as refused:
        found = sorted(mistakes(refused.body.get("errors", {}))) or [str(refused.body["code"])]

    assert found == expected
