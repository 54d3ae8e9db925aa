"""A shared cache the site can do without: while it is away, nothing is found in it and nothing is kept."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from core.web.failures import is_passing

logger = logging.getLogger(__name__)
# After a failure it is not asked for so long: a page must not wait for a dead machine again and again.
LEFT_ALONE_SECONDS = 5.0
ANSWERS_WITHIN_SECONDS = 1.0


class OptionalClient(RedisCacheClient):
    """What Django's client does, or the answer of an empty cache."""

    away_until = 0.0  # of the whole process

    def __init__(self, servers: list[str], **options: Any) -> None:
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # One more try: a connection that was idle when the cache restarted is broken, and says so only when it is used.
        patience = {
            "socket_connect_timeout": ANSWERS_WITHIN_SECONDS,
            "socket_timeout": ANSWERS_WITHIN_SECONDS,
            "retry": Retry(NoBackoff(), 1),
        }
        merged: Any = patience | {"retry": Retry(NoBackoff(), 1)} | options
        super().__init__(servers, **merged)

    def answers(self) -> bool:
        """Whether it is there, asked anew."""
        OptionalClient.away_until = 0.0
        return bool(self._or(False, lambda: self.get_client().ping()))

    def get(self, key: Any, default: Any) -> Any:
        return self._or(default, lambda: super(OptionalClient, self).get(key, default))

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        return self._or({}, lambda: super(OptionalClient, self).get_many(keys))

    def has_key(self, key: Any) -> bool:
        return self._or(False, lambda: super(OptionalClient, self).has_key(key))

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """Away: as if nobody had written it yet."""
        return self._or(True, lambda: super(OptionalClient, self).add(key, value, timeout))

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._or(None, lambda: super(OptionalClient, self).set(key, value, timeout))

    def set_many(self, data: Any, timeout: Any) -> None:
        self._or(None, lambda: super(OptionalClient, self).set_many(data, timeout))

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._or(False, lambda: super(OptionalClient, self).touch(key, timeout))

    def incr(self, key: Any, delta: Any) -> int:
        return self._or(delta, lambda: super(OptionalClient, self).incr(key, delta))

    def delete(self, key: Any) -> bool:
        return self._or(False, lambda: super(OptionalClient, self).delete(key))

    def delete_many(self, keys: Iterable[Any]) -> None:
        self._or(None, lambda: super(OptionalClient, self).delete_many(keys))

    def clear(self) -> bool:
        return self._or(False, super().clear)

    def _or[Answer](self, otherwise: Answer, ask: Callable[[], Answer]) -> Answer:
        if time.monotonic() < OptionalClient.away_until:
            return otherwise
        try:
            return ask()
        except Exception as error:
            if not is_passing(error):
                raise
            OptionalClient.away_until = time.monotonic() + LEFT_ALONE_SECONDS
            logger.warning("The shared cache is away: %s.", type(error).__name__)
            return otherwise


class OptionalRedisCache(RedisCache):
    """Redis or Valkey, where a cache that does not answer is an empty one."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OptionalClient

    def answers(self) -> bool:
        """Whether it is there; for the health page."""
        client: Any = self._cache
        return bool(client.answers())
