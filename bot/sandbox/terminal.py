"""A Discord message in a terminal: the notification line, then the brief as it reads."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

_WIDTH = 92
_LINK = re.compile(r"\[([^\]]+)\]\(<?[^)>]+>?\)")
_STAMP = re.compile(r"<t:\d+(?::\w)?>")


def print_message(channel: str, message: Mapping[str, Any]) -> None:
    """Write one message to stdout, with its embed's words wrapped and its markdown taken off."""
    kind = " (reply)" if message.get("reply_to") or message.get("message_reference") else ""
    lines = [f"┌─ #{channel}{kind} " + "─" * 40, f"│ {message['content']}"]
    for embed in message["embeds"]:
        lines += ["│", *_embed(embed)]
    for attachment in message["attachments"]:
        lines.append(f"│ [picture: {attachment['filename']}, {attachment['size']:,} bytes]")
    buttons = [
        part["label"]
        for row in message["components"]
        for part in row.get("components", ())
        if "label" in part
    ]
    if buttons:
        lines.append("│ " + " ".join(f"[{label}]" for label in buttons))
    sys.stdout.write("\n".join([*lines, "└" + "─" * 60, ""]) + "\n")
    sys.stdout.flush()


def plain(markdown: str) -> str:
    """Discord's markdown as plain text."""
    text = _STAMP.sub("", _LINK.sub(r"\1", markdown))
    text = re.sub(r"(?m)^-# ", "", text)
    text = re.sub(r"\*\*|__|(?<!\\)[*_`]", "", text)
    return re.sub(r"\\(.)", r"\1", text).replace(" · \n", "\n").rstrip(" ·")


def _embed(embed: Mapping[str, Any]) -> list[str]:
    blocks = [embed.get("title") or "", embed.get("description") or ""]
    blocks.append((embed.get("footer") or {}).get("text") or "")
    return [
        f"│   {line}"
        for block in blocks
        for part in plain(block).split("\n")
        for line in _wrap(part)
    ]


def _wrap(text: str) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) + 1 > _WIDTH:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
