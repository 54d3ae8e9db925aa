"""What each view of the subscribers asks for."""

VIEW_SUBSCRIBERS = "newsletter.view_subscriber"
CHANGE_SUBSCRIBERS = "newsletter.change_subscriber"
ERASE_SUBSCRIBERS = "newsletter.delete_subscriber"
EXPORT_SUBSCRIBERS = "newsletter.export_subscriber"
IMPORT_SUBSCRIBERS = "newsletter.import_subscriber"
VIEW_IMPORTS = "newsletter.view_readerimport"
