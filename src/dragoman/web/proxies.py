"""Which proxies are believed when they say who asks and whether by TLS."""

from __future__ import annotations

from ipaddress import ip_network

from dragoman.errors import SettingError


def proxies_of(text: str) -> list[str]:
    """Addresses and networks that stand in TEXT, parted by commas. Raises SettingError where one is neither.

    Everybody can't be trusted: then anybody could take any address.
    """
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        try:
            network = ip_network(part)
        except ValueError as error:
            raise SettingError(
                f"trusted proxy: {part!r} is no address nor network; write 127.0.0.1 or 10.0.0.0/8"
            ) from error
        if network.prefixlen == 0:
            raise SettingError(f"trusted proxy: {part} is everybody; name the proxy's own address")
        found.append(part)
    return found
