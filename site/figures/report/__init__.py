"""All figures of a period, read from the sources once and put in the order of the report."""
