"""Files made or kept by us: PDF, spreadsheets, private storage."""
