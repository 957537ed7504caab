"""What the environment tells this service."""

from kit.settings import VaultSettings
from pydantic_settings import SettingsConfigDict


class Settings(VaultSettings):
    """Settings with the prefix `REFERRALS_`; by the secret identity codes are also found."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="REFERRALS_")
