"""Alerts: which change goes to which channel, and how it reads. Pure."""
