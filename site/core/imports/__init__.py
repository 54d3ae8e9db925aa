"""Tables people bring: bytes become text, text becomes rows under our names for the columns. Pure; the importing apps decide and write."""
