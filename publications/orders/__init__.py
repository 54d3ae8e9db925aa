"""Paper copies: ordered, waiting, sent, and the stock they leave."""
