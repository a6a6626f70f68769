"""What a person edits: config/*.yml, validated whole at start. ``load_config`` is the way in."""

from __future__ import annotations

from volteface.config.load import Config, find_config_errors, load_config

__all__ = ["Config", "find_config_errors", "load_config"]
