"""Files of the bank: read (pure), told apart by their fingerprints (pure), matched with requests, written once."""
