"""Who reads the newsletter: subscribing, preferences, leaving, importing, forgetting."""
