"""Views of the readers' listings, their imports and their growth."""
