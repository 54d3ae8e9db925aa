"""An issue before it is sent: what the site proposes for it, its editions, its status and its figures."""
