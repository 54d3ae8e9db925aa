"""The public side: subscribe, and the pages behind the links of mails."""
