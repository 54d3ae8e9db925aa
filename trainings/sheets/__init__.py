"""The sheet of a module in three languages: begun, translated, published; and what its sessions came to."""
