"""Positions: what actors hold, and what counts as a change. Pure."""
