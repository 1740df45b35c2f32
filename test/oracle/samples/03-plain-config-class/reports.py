from fastapi import APIRouter

from config import ProductionConfig, config

router = APIRouter(prefix=config.reports_path)


@router.get("/daily")
def daily_report() -> str:
    return "daily"


@router.get(ProductionConfig.EXPORTS + "/{name}.csv")
def export_csv(name: str) -> str:
    return name
