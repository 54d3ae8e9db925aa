"""Lists of subscribers from other tools: the file read, each line validated, the import run."""
