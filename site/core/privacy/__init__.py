"""What the site knows of a person: declared by each app in its `privacy` module, found, exported and erased here (GDPR 15, 17, 20, 30)."""
