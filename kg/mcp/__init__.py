"""The store as read-only tools for assistants, by the Model Context Protocol over stdio (`kg mcp`)."""
