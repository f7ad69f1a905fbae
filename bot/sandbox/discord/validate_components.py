"""Would Discord take these components? Rules of each kind, and those over the whole tree."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.discord.form import Form
from bot.sandbox.discord.validate_embeds import check_media

_ROW, _BUTTON, _STRING_SELECT, _TEXT_INPUT = 1, 2, 3, 4
_SECTION, _TEXT, _THUMBNAIL, _GALLERY, _FILE, _SEPARATOR, _CONTAINER = 9, 10, 11, 12, 13, 14, 17
_LABEL = 18
_SELECTS = (_STRING_SELECT, 5, 6, 7, 8)
_IN_CONTAINER = (_ROW, _SECTION, _TEXT, _GALLERY, _FILE, _SEPARATOR)
_LINK, _PREMIUM = 5, 6


def check_components(form: Form, names: set[str], *, v2: bool) -> None:
    """Note the mistakes of `components`; `names` are the files a picture may be taken from."""
    tree = _Tree(names)
    for component in form.forms("components", longest=40 if v2 else 5):
        tree.walk(component, (*_IN_CONTAINER, _CONTAINER) if v2 else (_ROW,))
    if tree.count > 40:
        message = "The maximum number of components (40) was exceeded."
        form.refuse("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if tree.characters > 4000:
        message = "The displayable text of the components exceeds 4000 characters."
        form.refuse("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def check_modal(form: Form) -> None:
    """Note the mistakes of a modal's title, custom id and inputs."""
    form.text("title", 45, shortest=1)
    form.text("custom_id", 100, shortest=1)
    tree = _Tree(set())
    for component in form.forms("components", longest=5, shortest=1):
        tree.walk(component, (_ROW, _TEXT, _LABEL), inputs=True)


class _Tree:
    """What is counted over all components of one message."""

    def __init__(self, names: set[str]) -> None:
        self.count = 0
        self.characters = 0
        self._names = names
        self._seen: set[tuple[str, str]] = set()
        self._inputs = False
        self._checks: dict[int, Callable[[Form], None]] = {
            _ROW: self._row,
            _BUTTON: self._button,
            _TEXT_INPUT: self._text_input,
            _SECTION: self._section,
            _TEXT: self._text,
            _THUMBNAIL: self._thumbnail,
            _GALLERY: self._gallery,
            _FILE: self._file,
            _SEPARATOR: self._separator,
            _CONTAINER: self._container,
            _LABEL: self._label,
        } | dict.fromkeys(_SELECTS, self._select)

    def walk(self, form: Form, allowed: tuple[int, ...], *, inputs: bool = False) -> None:
        self._inputs = self._inputs or inputs
        kind = form.value.get("type")
        if isinstance(kind, bool) or kind not in allowed:
            message = f'Value of field "type" must be one of {allowed}.'
            form.refuse("type", "UNION_TYPE_CHOICES", message)
            return
        self.count += 1
        self._unique(form, "id", "COMPONENT_ID_DUPLICATED", "Component id")
        self._unique(form, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id")
        form.number("id", 0, (1 << 31) - 1)
        self._checks[kind](form)

    def _unique(self, form: Form, key: str, code: str, name: str) -> None:
        value = form.value.get(key)
        if not value:  # Discord numbers components without an id, and those with id 0, itself
            return
        if (key, str(value)) in self._seen:
            form.refuse(key, code, f"{name} cannot be duplicated")
        self._seen.add((key, str(value)))

    def _row(self, row: Form) -> None:
        children = row.forms("components", longest=5, shortest=1)
        for index, child in enumerate(children):
            if child.value.get("type") in _SELECTS and len(children) > 1:
                message = "The specified component exceeds the maximum width"
                row.refuse(("components", index), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)
            self.walk(child, (_TEXT_INPUT,) if self._inputs else (_BUTTON, *_SELECTS))

    def _button(self, button: Form) -> None:
        button.require("style")
        style = button.choice("style", (1, 2, 3, 4, _LINK, _PREMIUM))
        button.text("label", 80)
        button.boolean("disabled")
        if button.has("custom_id"):
            button.text("custom_id", 100, shortest=1)
        button.url("url", ("http", "https", "discord"), longest=512)
        self._emoji(button)
        if style == _PREMIUM:
            self._premium_button(button)
            return
        if not button.has("label") and not button.has("emoji"):
            message = "A button must have a label or an emoji"
            button.refuse((), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message)
        wanted, unwanted = ("url", "custom_id") if style == _LINK else ("custom_id", "url")
        if button.require(wanted) and button.has(unwanted):
            message = "A custom id and url cannot both be specified"
            button.refuse((), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)

    def _premium_button(self, button: Form) -> None:
        if button.require("sku_id"):
            button.snowflake("sku_id")
        for key in ("custom_id", "label", "url", "emoji"):
            if button.has(key):
                message = f"A premium button cannot have a {key}"
                button.refuse(key, "BUTTON_COMPONENT_PREMIUM_FIELDS", message)

    def _emoji(self, form: Form) -> None:
        emoji = form.form("emoji")
        if emoji is not None:
            emoji.text("name", 32)
            emoji.snowflake("id")

    def _select(self, select: Form) -> None:
        select.text("custom_id", 100, shortest=1)
        select.text("placeholder", 150)
        select.boolean("disabled")
        lowest = select.number("min_values", 0, 25)
        highest = select.number("max_values", 1, 25)
        if lowest is not None and highest is not None and lowest > highest:
            message = f"int value should be greater than or equal to {lowest}."
            select.refuse("max_values", "NUMBER_TYPE_MIN", message)
        if select.value["type"] == _STRING_SELECT:
            self._options(select)

    def _options(self, select: Form) -> None:
        values: set[str] = set()
        for option in select.forms("options", longest=25, shortest=1):
            option.text("label", 100, shortest=1)
            option.text("description", 100)
            value = option.text("value", 100, shortest=1)
            if value in values:
                message = "The specified option value is already used"
                option.refuse("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
            values.add(value)

    def _text_input(self, text: Form) -> None:
        text.text("custom_id", 100, shortest=1)
        text.require("style")
        text.choice("style", (1, 2))
        text.text("label", 45)
        text.text("placeholder", 100)
        text.text("value", 4000)
        text.number("min_length", 0, 4000)
        text.number("max_length", 1, 4000)

    def _label(self, label: Form) -> None:
        label.text("label", 45, shortest=1)
        label.text("description", 100)
        child = label.form("component")
        if label.require("component") and child is not None:
            self.walk(child, (_TEXT_INPUT, *_SELECTS))

    def _section(self, section: Form) -> None:
        for child in section.forms("components", longest=3, shortest=1):
            self.walk(child, (_TEXT,))
        accessory = section.form("accessory")
        if section.require("accessory") and accessory is not None:
            self.walk(accessory, (_BUTTON, _THUMBNAIL))

    def _text(self, text: Form) -> None:
        self.characters += len(text.text("content", 4000, shortest=1))

    def _thumbnail(self, thumbnail: Form) -> None:
        self._media(thumbnail, "media")
        thumbnail.text("description", 1024)
        thumbnail.boolean("spoiler")

    def _gallery(self, gallery: Form) -> None:
        for item in gallery.forms("items", longest=10, shortest=1):
            self._thumbnail(item)

    def _file(self, file: Form) -> None:
        self._media(file, "file", ("attachment",))
        file.boolean("spoiler")

    def _media(
        self, form: Form, key: str, schemes: tuple[str, ...] = ("http", "https", "attachment")
    ) -> None:
        media = form.form(key)
        if form.require(key) and media is not None and media.require("url"):
            check_media(media, "url", self._names, schemes)

    def _separator(self, separator: Form) -> None:
        separator.choice("spacing", (1, 2))
        separator.boolean("divider")

    def _container(self, container: Form) -> None:
        container.number("accent_color", 0, 0xFFFFFF)
        container.boolean("spoiler")
        for child in container.forms("components", longest=40, shortest=1):
            self.walk(child, _IN_CONTAINER)
