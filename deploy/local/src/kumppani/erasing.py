"""A client is given all that is held of her, and erased: everywhere, for good."""

from typing import TYPE_CHECKING

from kumppani.actors import expect

if TYPE_CHECKING:
    from kumppani.scenario import Scenario


class Erasing:
    """The employment office's client, nothing of whom is open any more."""

    def __init__(self, scenario: "Scenario") -> None:
        self.show, self.te = scenario.show, scenario.te

    async def play(self, client: str) -> None:
        """Give her the export, then erase her; assessments hears it and does the same."""
        path = f"/referrals/clients/{client}"
        held = await self.te.get(f"{path}/export")
        counts = {name: len(held[name]) for name in ("referrals", "consents", "disclosures")}
        expect(min(counts.values()) > 0, "the export holds what was done for her, and who saw it")
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        await self.show.step(f"She is given all that is held of her: {told}")
        await self.te.post(f"{path}/erasures", {"ground": "consent_withdrawn"})
        left = await self.te.get(path)
        expect(left["erased_at"] is not None, "that she was erased is known")
        await self.show.step("She asks to be erased: her key is destroyed, codes and log stay")
        await self.te.until(
            f"/assessments/clients/{client}/export",
            lambda there: there["erased_at"] is not None,
            "word of the erasure in assessments",
        )
        await self.show.step("Assessments hears it, and erases her too")
