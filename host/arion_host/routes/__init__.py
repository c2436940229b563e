"""The doors of the host: HTTP and WebSocket."""
