"""Watch the collecting itself, and queue a notice where it is dead or a feed is: nobody misses what never comes."""

from __future__ import annotations

from datetime import timedelta

from volteface.alerts.notices import render_notice
from volteface.feeds.health import find_notices
from volteface.stages.job import Job


def queue_notices(job: Job) -> int:
    """Store a notice for each channel that wants them; return how many are new. A replay gives none: its feeds are past."""
    if not job.capture:
        return 0
    now = job.clock()
    interval = timedelta(minutes=job.config.settings.collection.poll_minutes)
    with job.open_warehouse() as warehouse:
        notices = find_notices(warehouse.load_feed_records(now), now, interval)
        already = warehouse.load_alert_keys()
        channels = [channel for channel in job.config.channels if channel.enabled and channel.notices]
        alerts = [render_notice(notice, channel, now=now) for notice in notices for channel in channels]
        fresh = [alert for alert in alerts if alert.alert_key not in already]
        warehouse.enqueue_notices(fresh)
    return len(fresh)
