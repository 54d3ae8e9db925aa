"""Back-office screens: results of evaluations, and closing one."""
