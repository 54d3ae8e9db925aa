"""What every request meets: middleware, URL converters, rate limits, static files, absolute URLs, structured data."""
