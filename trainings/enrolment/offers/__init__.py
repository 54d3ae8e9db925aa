"""A seat that is free is offered to the first who may have it; she answers, or it passes on."""
