"""What every back-office shares: permissions closed by default, listings with a safe export, actions that ask before they act."""
