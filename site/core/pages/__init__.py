"""Pages in the reader's language: links between them, related content, search."""
