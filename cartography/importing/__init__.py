"""Files of places: read into rows, checked row by row. Pure: bytes in, rows with their errors out; the service writes."""
