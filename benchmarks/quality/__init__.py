"""What the quality floors are measured with: gold sets, measures, and the file that holds the floors."""
