"""What every service is told by its environment; each service adds its own and its prefix."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class OwnerSettings(BaseSettings):
    """What migrations are told, and nobody else: whoever serves does not know the owner."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    owner_url: str = Field(description="Database URL of the role that migrates")


class ServiceSettings(BaseSettings):
    """Frozen, read once, handed in. There is no default for an address or a secret."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    app_url: str = Field(description="Database URL of the role that answers requests")
    worker_url: str = Field(description="Database URL of the role of ticker, listeners, timers")
    public_url: str = Field(description="Where callers find this service, without a last slash")
    secret: SecretStr = Field(
        min_length=32, description="Seals cursors and stored answers; the same in every process"
    )
    issuer: str = Field(description="The `iss` that an access token must carry")
    audience: str = Field(description="The `aud` that an access token must carry")
    jwks_url: str = Field(description="Where the issuer publishes its keys")
    token_url: str = Field(description="Where this service gets its own tokens")
    client_id: str = Field(description="This service's OAuth client")
    client_secret: SecretStr = Field(description="This service's OAuth client secret")
    standing: tuple[str, ...] = Field(
        (),
        description="OAuth clients that need no registration: the estate's own services, "
        "and those of whoever runs it",
    )
    feeds: dict[str, str] = Field(
        default_factory=dict, description="Base URL of each service whose facts are heard"
    )
    kafka: str = Field(
        "", description="Kafka's bootstrap servers; empty: facts travel by the feeds alone"
    )
    retention_ms: int = Field(
        -1, ge=-1, description="How long Kafka keeps this service's facts, in ms; -1: for ever"
    )
    otlp: str = Field(
        "",
        validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT",
        description="Where traces are sent (OTLP over HTTP); empty: none are kept",
    )
    access_log: bool = Field(True, description="Whether each request is a line in the log")
    pool_size: int = Field(8, ge=1, le=64, description="Connections of each role's pool")


class ErasingSettings(ServiceSettings):
    """What a service is told that keeps something of a person."""

    erasures: Path = Field(
        description="The file that erasures are kept in, outside the database and its backups; "
        "the same for every process"
    )


class VaultSettings(ErasingSettings):
    """What a service is told that keeps fields closed, a key for each subject (`kit.vault`)."""

    master_key: SecretStr = Field(
        min_length=32, description="Wraps the key of each subject; the same in every process"
    )
    spare_master_key: SecretStr = Field(
        SecretStr(""),
        description="Opens as well: the master key that was before, or the one to come",
    )
