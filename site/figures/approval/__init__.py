"""A report that was approved is frozen; a correction is a new version that says what changed."""
