"""What every public form shares: a honeypot, a signed time trap, limits per address and IP, and clean names.

No third party, no puzzle (ASVS 5.0 §2.4.1 anti-automation, §2.4.2 human timing; WCAG 2.2 §3.3.8).
"""
