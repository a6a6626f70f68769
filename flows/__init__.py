"""Prefect flows: schedules, retries, concurrency and nothing else. The only place that imports Prefect."""
