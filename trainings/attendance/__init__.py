"""Attendance: roll call, sign-in sheet, certificates."""
