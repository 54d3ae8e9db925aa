"""Links in the content of pages and issues, and whether they lead somewhere."""
