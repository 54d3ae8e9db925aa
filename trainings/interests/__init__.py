"""'Tell me when a date exists': asked, confirmed by mail, told."""
