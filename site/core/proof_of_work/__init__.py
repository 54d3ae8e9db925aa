"""Proof of work for public forms (ALTCHA's second protocol, self-hosted): asked for only when half of a quota is used.

`challenge` makes and checks the challenges and, for browsers without JavaScript, the tickets that only ask to wait; `admission` decides
which form passes, which is asked for a proof and which has to wait; `field` carries both.
"""
