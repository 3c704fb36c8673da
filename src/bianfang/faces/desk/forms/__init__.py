"""Forms of the desk: they read and check the shape of what was typed; rules stay in the actions."""
