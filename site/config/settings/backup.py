"""Backups (docs/backup.md)."""

from config import env

# Public keys of age; whoever holds the private one of any of them can open a backup. Empty: no backups are made here.
BACKUP_RECIPIENTS = env.strings("BACKUP_RECIPIENTS")
BACKUP_FOLDER = env.text("BACKUP_FOLDER", "")
BACKUP_KEEP_DAYS = env.number("BACKUP_KEEP_DAYS", 30)
# The administrators hear of it when the last one is older.
BACKUP_LATE_HOURS = env.number("BACKUP_LATE_HOURS", 26)
# Past a pooler that shares connections: `pg_dump` and migrations want one of their own. Empty: DATABASE_URL.
DATABASE_DIRECT_URL = env.text("DATABASE_DIRECT_URL", "")
# The folder of pg_dump and pg_restore, where they are not on the PATH or too old there.
POSTGRES_PROGRAMS = env.text("POSTGRES_PROGRAMS", "")
