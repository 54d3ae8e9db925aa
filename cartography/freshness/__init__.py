"""How a record is kept up to date: reminders, and what follows silence."""
