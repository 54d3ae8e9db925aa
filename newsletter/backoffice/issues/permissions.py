"""What each view of an issue asks for."""

VIEW_ISSUES = "newsletter.view_issue"
ADD_ISSUES = "newsletter.add_issue"
CHANGE_ISSUES = "newsletter.change_issue"
SEND_ISSUES = "newsletter.send_issue"
