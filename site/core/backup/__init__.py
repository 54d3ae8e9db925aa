"""One encrypted archive of database, media and private files, and the way back (docs/backup.md, docs/decisions/0046)."""
