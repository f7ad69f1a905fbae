"""Would Discord take these slash commands? Names, options, their order, choices, and size."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from bot.sandbox.discord.form import Form
from bot.sandbox.discord.wire import Json, refusal

_CHAT_INPUT = 1
_SUBCOMMAND, _GROUP = 1, 2
_STRING, _INTEGER, _NUMBER = 3, 4, 10
_VALUES: dict[int, tuple[type, ...]] = {_STRING: (str,), _INTEGER: (int,), _NUMBER: (int, float)}
_LARGEST = 1 << 53
_OPTION_KINDS = tuple(range(1, 12))
_PER_KIND = {1: 100, 2: 15, 3: 15}
_NAME = re.compile(r"^[-_'\w]{1,32}$")


def check_commands(body: object) -> None:
    """Raise what Discord answers to this list of commands."""
    errors: Json = {}
    forms = Form.each_of(body, errors)
    for command in forms:
        _check_command(command)
    _check_duplicates(forms)
    whole = Form({}, (), errors)
    whole.settle()
    for index, command in enumerate(forms):
        if _size(command.value) > 8000:
            message = "Command exceeds maximum size (8000)"
            whole.refuse(index, "APPLICATION_COMMAND_TOO_LARGE", message)
    whole.settle()
    for kind, most in _PER_KIND.items():
        if sum((each.value.get("type") or _CHAT_INPUT) == kind for each in forms) > most:
            raise refusal(30032)


def check_choices(form: Form) -> None:
    """Note the mistakes of an autocomplete's answer."""
    for choice in form.forms("choices", longest=25):
        choice.text("name", 100, shortest=1)
        _check_value(choice, (str, int, float))


def _check_command(command: Form) -> None:
    kind = command.value.get("type") or _CHAT_INPUT
    command.choice("type", tuple(_PER_KIND))
    permissions = command.value.get("default_member_permissions")
    if permissions is not None and not str(permissions).isdecimal():
        command.refuse("default_member_permissions", "NUMBER_TYPE_COERCE", "Must be an integer.")
    if kind != _CHAT_INPUT:
        command.text("name", 32, shortest=1)
        command.text("description", 0)
        return
    _check_names(command)
    _check_options(command)


def _check_names(form: Form) -> None:
    name = form.value.get("name")
    if form.require("name") and not _is_name(name):
        form.refuse("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    form.text("description", 100, shortest=1)


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and _NAME.match(name) is not None and name == name.lower()


def _check_duplicates(commands: list[Form]) -> None:
    seen: set[tuple[str, str]] = set()
    for command in commands:
        kind = command.value.get("type") or _CHAT_INPUT
        key = (str(kind), str(command.value.get("name")))
        if key in seen:
            message = "Application command names must be unique"
            command.refuse((), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add(key)


def _check_options(form: Form, nested: tuple[int, ...] = (_SUBCOMMAND, _GROUP)) -> None:
    options = form.forms("options", longest=25)
    seen: set[str] = set()
    optional_seen = False
    for index, option in enumerate(options):
        name = str(option.value.get("name"))
        if name in seen:
            message = "Option name is already used"
            option.refuse("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message)
        seen.add(name)
        required = bool(option.value.get("required"))
        if required and optional_seen:
            message = "Required options must be placed before non-required options"
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            form.refuse(("options", index), code, message)
        optional_seen = optional_seen or not required
        _check_option(option, nested)
    kinds = {option.value.get("type") in (_SUBCOMMAND, _GROUP) for option in options}
    if len(kinds) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive to others"
        form.refuse("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _check_option(option: Form, nested: tuple[int, ...]) -> None:
    _check_names(option)
    option.require("type")
    kind = option.choice("type", _OPTION_KINDS)
    if kind not in _OPTION_KINDS:
        return
    if kind in (_SUBCOMMAND, _GROUP):
        if kind not in nested:
            message = "Sub-commands can be nested one group deep only"
            option.refuse("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
            return
        _check_options(option, (_SUBCOMMAND,) if kind == _GROUP else ())
        return
    _check_choices(option, kind)
    _check_bounds(option, kind)


def _check_choices(option: Form, kind: Any) -> None:
    takes_choices = kind in (_STRING, _INTEGER, _NUMBER)
    choices = option.forms("choices", longest=25)
    option.boolean("required")
    option.boolean("autocomplete")
    for key in ("choices", "autocomplete"):
        if option.value.get(key) and not takes_choices:
            message = f"An option of type {kind} cannot have {key}"
            option.refuse(key, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", message)
    if choices and option.value.get("autocomplete"):
        message = "Choices and autocomplete are mutually exclusive"
        option.refuse("autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", message)
    seen: set[str] = set()
    for choice in choices:
        name = choice.text("name", 100, shortest=1)
        _check_value(choice, _VALUES.get(kind, (str,)))
        if name in seen:
            message = "Choice name is already used"
            choice.refuse("name", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", message)
        seen.add(name)


def _check_value(choice: Form, kinds: tuple[type, ...]) -> None:
    if not choice.require("value"):
        return
    value = choice.value["value"]
    if isinstance(value, bool) or not isinstance(value, kinds):
        message = "The value is not of the type of its option."
        choice.refuse("value", "APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID", message)
    elif isinstance(value, str):
        choice.text("value", 100, shortest=1)


def _check_bounds(option: Form, kind: Any) -> None:
    for key in ("min_value", "max_value", "min_length", "max_length"):
        kinds = (_STRING,) if key.endswith("length") else (_INTEGER, _NUMBER)
        if option.has(key) and kind not in kinds:
            message = f"An option of type {kind} cannot have {key}"
            option.refuse(key, "APPLICATION_COMMAND_OPTIONS_BOUND_INVALID", message)
        if option.has(key) and not _is_real(option.value[key]):
            option.refuse(key, "NUMBER_TYPE_COERCE", "Must be a number.")
    if kind == _INTEGER:
        option.number("min_value", -_LARGEST, _LARGEST)
        option.number("max_value", -_LARGEST, _LARGEST)
    option.number("min_length", 0, 6000)
    option.number("max_length", 1, 6000)
    for lowest, highest in (("min_value", "max_value"), ("min_length", "max_length")):
        low, high = option.value.get(lowest), option.value.get(highest)
        if _is_real(low) and _is_real(high) and low > high:
            message = f"{highest} must not be less than {lowest}"
            option.refuse(highest, "NUMBER_TYPE_MIN", message)


def _is_real(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _size(command: Json) -> int:
    """Characters of all names, descriptions and values, as Discord adds them up."""
    size = len(str(command.get("name") or "")) + len(str(command.get("description") or ""))
    for choice in command.get("choices") or []:
        size += len(str(choice.get("name") or "")) + len(str(choice.get("value") or ""))
    return size + sum(_size(option) for option in command.get("options") or [])
