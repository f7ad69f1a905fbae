"""Newsdesk: a financial news desk for Discord. Sources → desk → brief → outbox → delivery."""

__version__ = "0.1.0"
