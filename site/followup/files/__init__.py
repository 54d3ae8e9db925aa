"""A request that is followed: what was done, by whom, what comes next."""
