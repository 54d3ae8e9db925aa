"""Back-office screens: roll call, sign-in sheet and certificates as PDF."""
