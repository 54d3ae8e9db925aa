"""Generated and stored files: PDF, spreadsheets, private storage."""
