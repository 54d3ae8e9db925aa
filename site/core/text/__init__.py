"""What people write and read: text of strangers, email addresses, dates, and how texts are compared."""
