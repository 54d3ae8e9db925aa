"""What every request passes: middleware, URL converters, rate limits; static files, absolute URLs, receipts, structured data."""
