"""Talk to a server with the 1.x line of the protocol's Python kit; the command line.

Prints what the client got as one JSON object.
"""

import asyncio
import json
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


async def talk(command: list[str]) -> dict[str, object]:
    """Return the names of the tools, and the texts of a call of each."""
    parameters = StdioServerParameters(command=command[0], args=command[1:])
    async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
        agreed = await session.initialize()
        await session.send_ping()
        listed = await session.list_tools()
        texts = {}
        for name, arguments in json.loads(sys.stdin.read()).items():
            result = await session.call_tool(name, arguments)
            texts[name] = result.content[0].text
        names = [tool.name for tool in listed.tools]
        return {"tools": names, "texts": texts, "version": agreed.protocolVersion}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(talk(sys.argv[1:]))))
