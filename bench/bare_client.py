"""
A discord.py that is connected and does nothing: what the idle desk stands beside.

    python -m bench.bare_client API_URL GATEWAY_URL

It has the intents of the desk, and stays until it is terminated.
"""

from __future__ import annotations

import sys

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.stand_in import TOKEN


def main(api_url: str, gateway_url: str) -> None:
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)
    client.run(TOKEN, log_handler=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
