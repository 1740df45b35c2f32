from features import alerts, devices, telemetry

_modules = (devices, telemetry, alerts)
routers = [module.router for module in _modules]
public_routers = [r for r in routers if r.prefix != "/alerts"]
