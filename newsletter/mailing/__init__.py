"""From an issue to the bytes that leave: letter, HTML and text, MIME, transport. Nothing here writes to the database."""
