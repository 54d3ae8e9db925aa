"""Privacy in the Wagtail admin: a person is found, read, exported and erased; who looked, and whether retention ran."""
