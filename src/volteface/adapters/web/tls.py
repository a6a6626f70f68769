"""TLS for every connection from one context: reading the CA bundle costs more than a whole feed, so it is read once."""

from __future__ import annotations

import ssl
from functools import lru_cache
from typing import Any

import certifi
from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool

from volteface.adapters.web.connections import POOLS


@lru_cache(maxsize=1)
def load_tls_context() -> ssl.SSLContext:
    """Return the process's one client context: certifi's roots, names checked, TLS 1.2 or later."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class SharedTlsAdapter(HTTPAdapter):
    """A requests adapter whose connections all use one given SSLContext.

    Stock requests hands urllib3 the path of the CA bundle, which urllib3 then loads again for every connection. Here
    the pools get the loaded context and no path. The context decides about verification; ``verify`` is not looked at.
    """

    def __init__(self, context: ssl.SSLContext, *, pool_connections: int, pool_maxsize: int) -> None:
        self._context = context
        super().__init__(pool_connections=pool_connections, pool_maxsize=pool_maxsize)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:  # noqa: FBT001, FBT002 -- requests' signature
        """Build the pools with the shared context, of connections that keep a deadline."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def build_connection_pool_key_attributes(
        self,
        request: PreparedRequest,
        verify: bool | str,  # noqa: ARG002, FBT001 -- requests' signature
        cert: str | tuple[str, str] | None = None,
    ) -> Any:
        """Return the pool's key: the host, and the shared context in place of any path of a CA bundle."""
        host, _ = super().build_connection_pool_key_attributes(request, True, cert)  # noqa: FBT003 -- requests' signature
        return host, {"ssl_context": self._context}

    def cert_verify(self, conn: HTTPConnectionPool, url: str, verify: bool | str, cert: Any) -> None:  # noqa: FBT001 -- requests' signature
        """Leave the pool as it is: the context verifies."""
