"""Pages for readers who are not logged in, answered from memory as long as nothing they were made of has changed (docs/caching.md)."""
