"""The workbench: the store in a browser, `/sparql`, and an API for programs (`kg serve`).

    from kg.workbench.app import workbench
    app = workbench(Settings("plans.kg"))   # an ASGI application

The processes that run queries import this package too, so nothing is imported here.
"""
