"""Lists of subscribers from other tools: the file read, what it says of each consent, each line validated, the import run."""
