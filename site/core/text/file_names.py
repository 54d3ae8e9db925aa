"""Names that programs give to files, where words for people are wanted."""

import re
from pathlib import PurePath

ENDING = re.compile(r"\.(?:avif|bmp|gif|heic|jpe?g|pdf|png|svg|tiff?|webp)$", re.IGNORECASE)
# What cameras, phones and chats call a picture.
CAMERA = re.compile(r"^(?:img|dsc[nf]?|pxl|image|photo|screenshot|capture|whatsapp[ _]image)[ _-]?\d[\w .:-]*$", re.IGNORECASE)


def is_file_name(text: str, of: str = "") -> bool:
    """Whether `text` is a file name: by its ending, as cameras number pictures, or the name of the file `of` that is no plain word."""
    text = text.strip()
    if ENDING.search(text) or CAMERA.match(text):
        return True
    return bool(of) and text.casefold() == PurePath(of).stem.casefold() and not text.replace(" ", "").isalpha()
