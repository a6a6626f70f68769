"""What is read from the published snapshot: for the report, for explain, for the list of alerts."""
