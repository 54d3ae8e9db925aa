"""The store of figures: a report's file is read, checked and written. How pages show it: `core.blocks.figures`."""
