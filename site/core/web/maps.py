"""Links to a map. A plain link: nothing is asked of anybody before the reader follows it."""

from urllib.parse import urlencode


def map_url(postal_address: str) -> str:
    """OpenStreetMap's search for an address in Belgium; telephones offer to open it in a map application."""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': f'{postal_address}, Belgium'})}"
