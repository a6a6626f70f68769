"""The web: requests over HTTP, bounded in size, time and concurrency."""
