"""What each view of the readers asks for."""

VIEW_READERS = "newsletter.view_subscriber"
CHANGE_READERS = "newsletter.change_subscriber"
ERASE_READERS = "newsletter.delete_subscriber"
EXPORT_READERS = "newsletter.export_subscriber"
IMPORT_READERS = "newsletter.import_subscriber"
VIEW_IMPORTS = "newsletter.view_readerimport"
