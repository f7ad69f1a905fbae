"""How the API spells users, roles, channels and guilds: every field a client may read."""

from __future__ import annotations

from bot.sandbox.discord.wire import Json

JOINED = "2026-01-01T00:00:00.000000+00:00"


def user(id: str, name: str, bot: bool) -> Json:
    return {
        "id": id,
        "username": name,
        "discriminator": "0000" if bot else "0",
        "global_name": None if bot else name.capitalize(),
        "avatar": None,
        "bot": bot,
        "flags": 0,
        "public_flags": 0,
    }


def application(bot: Json, owner: Json, guilds: int) -> Json:
    return {
        "id": bot["id"],
        "name": bot["username"],
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot": bot,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "hook": True,
        "owner": owner,
        "team": None,
        "tags": [],
        "install_params": None,
        "integration_types_config": {},
        "interactions_endpoint_url": None,
        "redirect_uris": [],
        "role_connections_verification_url": None,
        "approximate_guild_count": guilds,
        "approximate_user_install_count": 0,
    }


def role(id: str, name: str, permissions: int, managed_by: str | None) -> Json:
    spelled: Json = {
        "id": id,
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": str(permissions),
        "managed": managed_by is not None,
        "mentionable": False,
        "flags": 0,
    }
    if managed_by is not None:
        spelled["tags"] = {"bot_id": managed_by}
    return spelled


def member(user: Json, roles: list[str]) -> Json:
    return {
        "user": user,
        "roles": roles,
        "nick": None,
        "avatar": None,
        "banner": None,
        "joined_at": JOINED,
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


TEXT_CHANNEL: Json = {
    "parent_id": None,
    "topic": None,
    "nsfw": False,
    "rate_limit_per_user": 0,
    "flags": 0,
}

GUILD: Json = {
    "icon": None,
    "splash": None,
    "discovery_splash": None,
    "banner": None,
    "description": None,
    "afk_channel_id": None,
    "afk_timeout": 300,
    "application_id": None,
    "default_message_notifications": 1,
    "emojis": [],
    "explicit_content_filter": 0,
    "features": [],
    "guild_scheduled_events": [],
    "incidents_data": None,
    "joined_at": JOINED,
    "large": False,
    "mfa_level": 0,
    "nsfw": False,
    "nsfw_level": 0,
    "preferred_locale": "en-US",
    "premium_progress_bar_enabled": False,
    "premium_subscription_count": 0,
    "premium_tier": 0,
    "presences": [],
    "public_updates_channel_id": None,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "soundboard_sounds": [],
    "stage_instances": [],
    "stickers": [],
    "system_channel_flags": 0,
    "system_channel_id": None,
    "threads": [],
    "vanity_url_code": None,
    "verification_level": 1,
    "voice_states": [],
}
