"""Who was there, and what is attested: roll call, sign-in sheet, certificates."""
