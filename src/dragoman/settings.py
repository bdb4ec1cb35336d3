"""All settings: one table of name, default and help. Each is an environment variable, `DRAGOMAN_` and its name.

A command's option goes before the variable, the variable before the default. Units stand in the names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from dragoman.errors import SettingError


class Settings(BaseSettings):
    """Settings of one run."""

    model_config = SettingsConfigDict(env_prefix="DRAGOMAN_", extra="ignore", frozen=True)

    record: Annotated[str, Field(description="The record: a SQLite file or a database URL.")] = "dragoman.db"
    lexicon: Annotated[Path | None, Field(description="Folder of the user's own tables, added to ours.")] = None
    codebook: Annotated[Path | None, Field(description="The user's own codebook, a TOML file.")] = None
    parser: Annotated[str, Field(description="Which weights parse: `standard`, or `fast`.")] = "standard"
    min_confidence: Annotated[
        float, Field(ge=0, le=1, description="Events less sure than that are left out; other facts stay.")
    ] = 0.0
    reviewer: Annotated[str | None, Field(description="Who accepts, rejects, edits and reviews facts.")] = None
    threads: Annotated[int, Field(ge=1, le=64, description="Threads of the encoder.")] = 1
    max_page_bytes: Annotated[int, Field(ge=1024, description="A larger page is refused.")] = 20_000_000
    max_text_chars: Annotated[int, Field(ge=1000, description="A longer text is cut, with a warning.")] = 400_000
    fetch_timeout_s: Annotated[float, Field(gt=0, description="A whole fetch may take so long.")] = 20.0
    fetch_max_redirects: Annotated[int, Field(ge=0, le=20, description="Redirects followed.")] = 5
    allow_private_addresses: Annotated[
        bool, Field(description="Whether pages may be fetched from this machine and the local network.")
    ] = False
    user_agent: Annotated[str, Field(description="How we name ourselves to servers.")] = "Dragoman/0.1 (news reader)"
    public_url: Annotated[
        str | None,
        Field(description="The address under which others reach the server; hubs of WebSub call back there."),
    ] = None
    follow_min_interval_s: Annotated[float, Field(ge=1, description="No feed is asked more often.")] = 300.0
    follow_max_interval_s: Annotated[float, Field(ge=1, description="Each feed is asked so often at least.")] = 21_600.0
    follow_host_delay_s: Annotated[float, Field(ge=0, description="Time between two requests to one host.")] = 1.0
    follow_workers: Annotated[int, Field(ge=1, le=64, description="Hosts that are asked at one time.")] = 8
    follow_max_items: Annotated[int, Field(ge=1, le=50_000, description="Items taken of one feed at once.")] = 1000
    follow_revisit_days: Annotated[
        float, Field(ge=0, le=365, description="So long an article is looked at again for changes.")
    ] = 7.0
    max_feed_bytes: Annotated[int, Field(ge=1024, description="A larger feed is refused.")] = 5_000_000
    access: Annotated[
        Literal["local", "public", "closed"],
        Field(description="Who may read: this machine's user, anybody, or only holders of a token."),
    ] = "local"
    trusted_proxies: Annotated[
        str,
        Field(description="Addresses or networks, parted by commas, whose X-Forwarded-For and -Proto are believed."),
    ] = ""
    address_requests_per_minute: Annotated[
        int, Field(ge=1, description="Of one address without a token, where others may ask.")
    ] = 600
    token_requests_per_minute: Annotated[int, Field(ge=1, description="Of one token, where others may ask.")] = 1200
    address_requests_at_once: Annotated[
        int, Field(ge=1, description="Of one address, open streams among them, where others may ask.")
    ] = 64
    header_timeout_s: Annotated[float, Field(gt=0, description="The head of a request must arrive in that time.")] = (
        10.0
    )
    access_log: Annotated[bool, Field(description="Whether each request is a line of the log.")] = False
    log_format: Annotated[Literal["text", "json"], Field(description="How lines of the server's log are written.")] = (
        "text"
    )
    heartbeat_s: Annotated[float, Field(gt=0, description="A comment is sent on an idle stream so often.")] = 15.0
    poll_s: Annotated[float, Field(gt=0, description="How often streams ask whether the record has changed.")] = 0.1
    push_contact: Annotated[
        str, Field(description="Who answers for pushes, to push services: mailto:NAME@HOST or an https address.")
    ] = ""
    max_streams: Annotated[int, Field(ge=1, description="Streams that one server keeps open.")] = 2000
    stall_s: Annotated[float, Field(gt=0, description="A stream whose reader takes nothing so long is ended.")] = 30.0
    websub_hub: Annotated[
        str | None, Field(description="A hub of WebSub that is told when feeds change; it takes public_url.")
    ] = None
    max_post_bytes: Annotated[int, Field(ge=1024, description="A larger posted report is refused.")] = 2_000_000


def load_settings(**given: object) -> Settings:
    """Settings from the environment, but for those GIVEN by name that are not None.

    Raises SettingError that names the variable, or what was given, and what is wrong with it.
    """
    known = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**known)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        shown = name if name in known else f"DRAGOMAN_{name.upper()}"
        raise SettingError(f"{shown}: {first['msg']} (got {first.get('input')!r})") from error
