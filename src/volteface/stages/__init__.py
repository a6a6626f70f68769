"""The stages of a cycle: each loads, calls pure functions, and saves. ``cycle.run_cycle`` is their order.

Every stage opens the warehouse itself, late and briefly: no connection is held while the network is waited for.
"""
