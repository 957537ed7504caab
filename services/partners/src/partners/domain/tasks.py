"""The tasks that law gives to authorities, and takes from one to another."""

from types import MappingProxyType

from kit.texts import text

TASKS = MappingProxyType(
    {
        "employment_services": text(
            "Työvoimapalvelut", "Arbetskraftsservice", "Employment services"
        ),
        "trial_employment_services": text(
            "Työvoimapalvelut kuntakokeilun asiakkaille",
            "Arbetskraftsservice för kommunförsökets kunder",
            "Employment services for the municipal trial's clients",
        ),
        "multi_sector_service": text(
            "Kunnan osuus monialaisesta yhteispalvelusta",
            "Kommunens andel av den sektorsövergripande samservicen",
            "The municipal part of the multi-sector joint service",
        ),
        "integration": text(
            "Kotoutumisen edistäminen", "Främjande av integration", "Promotion of integration"
        ),
        "business_services": text(
            "Yritysten kehittäminen", "Utveckling av företag", "Development of enterprises"
        ),
        "transport": text("Liikennetehtävät", "Trafikuppgifter", "Transport"),
        "environment": text("Ympäristötehtävät", "Miljöuppgifter", "Environment"),
    }
)
