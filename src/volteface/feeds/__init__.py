"""Feeds: when to poll, what a body holds, which entry is which. Pure."""
