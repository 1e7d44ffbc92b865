"""Talk to a server with the 2.x line of the protocol's Python kit: MODE, then the command line.

Prints what the client got as one JSON object.
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters


async def talk(mode: str, command: list[str]) -> dict[str, object]:
    """Return the names of the tools, and the texts of a call of each."""
    parameters = StdioServerParameters(command=command[0], args=command[1:])
    async with Client(parameters, mode=mode) as client:
        listed = await client.list_tools()
        texts = {}
        for name, arguments in json.loads(sys.stdin.read()).items():
            result = await client.call_tool(name, arguments)
            texts[name] = result.content[0].text
        version = client.protocol_version
        return {"tools": [tool.name for tool in listed.tools], "texts": texts, "version": version}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(talk(sys.argv[1], sys.argv[2:]))))
