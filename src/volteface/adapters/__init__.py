"""The only place that reaches outside: network, disk, clock, database."""
