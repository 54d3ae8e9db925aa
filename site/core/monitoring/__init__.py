"""What an operator sees of the running site: logs, request ids, figures for Prometheus. Nothing here names a person."""
