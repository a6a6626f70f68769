"""The capture that ships with the project."""
