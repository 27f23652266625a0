import { openTransport } from "./tcp-transport.ts";
import { transportLaws } from "./transport.suite.ts";

transportLaws("TCP on loopback", () => {
  const ports = new Map<string, number>();
  return {
    open: async (id, onMessage) => {
      const listen = `127.0.0.1:${ports.get(id) ?? 0}`;
      const transport = await openTransport({ id, clusterId: "c", listen, onMessage, log: () => {} });
      ports.set(id, transport.port);
      return transport;
    },
    contactOf: (id) => `127.0.0.1:${ports.get(id)}`,
  };
});
