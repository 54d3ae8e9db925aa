"""The background worker: its heartbeat, and what is requeued when one dies."""
