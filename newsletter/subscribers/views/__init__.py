"""The public pages: the form, and the pages behind the links of mails."""
