from fastapi import FastAPI

app = FastAPI()

try:
    from billing_enterprise import router as billing_router
except ImportError:
    from billing_free import router as billing_router

try:
    import sso_saml_plugin
except ModuleNotFoundError:
    sso_saml_plugin = None

try:
    import exports
except ImportError:
    HAS_EXPORTS = False
else:
    HAS_EXPORTS = True
    app.include_router(exports.router)

app.include_router(billing_router, prefix="/billing")

if sso_saml_plugin is not None:
    app.include_router(sso_saml_plugin.router, prefix="/sso")

if HAS_EXPORTS:

    @app.get("/exports-enabled")
    def exports_enabled() -> bool:
        return HAS_EXPORTS
