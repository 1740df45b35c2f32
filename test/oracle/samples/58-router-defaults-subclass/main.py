from fastapi import FastAPI

from base import PayrollRouter, SecureRouter

payroll = PayrollRouter(tags=["payroll"])
leave = SecureRouter(prefix="/leave")
app = FastAPI()


@payroll.query("/slips/{month}")
def payslip(month: int) -> int:
    return month


@payroll.command("/run")
def run_payroll() -> bool:
    return True


@leave.query("/balance")
def leave_balance() -> int:
    return 30


app.include_router(payroll)
app.include_router(leave)
